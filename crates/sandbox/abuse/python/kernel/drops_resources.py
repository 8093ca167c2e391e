# @SAYS@ Drops resources of the host that it does not own.
# @EXPECTED@ runtime_error | accepted
def solve(value):
    import componentize_py_runtime as runtime

    for number in range(64):
        try:
            runtime.drop_resource(number, number)
        except Exception:
            pass
    return sum(value)
