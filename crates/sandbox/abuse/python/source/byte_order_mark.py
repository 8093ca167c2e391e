# @SAYS@ Starts with a byte order mark.
# @EXPECTED@ accepted | compile_error
﻿def solve(value):
    return sum(value)
