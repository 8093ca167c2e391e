# @SAYS@ Claims to be written in another encoding.
# @EXPECTED@ accepted | compile_error
# -*- coding: utf-7 -*-
def solve(value):
    return sum(value)
