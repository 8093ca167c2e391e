# @SAYS@ Names in many scripts, some of which are the same name.
# @EXPECTED@ accepted
变量 = αβγ = ñandú = 0


def ｓｏｌｖｅ(𝓿𝓪𝓵𝓾𝓮):
    return sum(value) + 变量
