# @SAYS@ A class whose type lies about everything.
# @EXPECTED@ runtime_error
class Meta(type):
    def __getattribute__(cls, name):
        raise SystemExit(0)

    def __instancecheck__(cls, instance):
        return True

    def __subclasscheck__(cls, subclass):
        return True


class Strange(metaclass=Meta):
    pass


def solve(value):
    return Strange()
