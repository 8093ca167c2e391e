# @SAYS@ Calls the functions of the host with numbers that it makes up.
# @EXPECTED@ runtime_error | accepted
def solve(value):
    import componentize_py_runtime as runtime

    for number in (-1, 0, 1, 7, 1000, 2**31):
        for arguments in ([], [0], [2**32 - 1, 2**32 - 1]):
            try:
                runtime.call_import(number, arguments, 1)
            except Exception:
                pass
    return sum(value)
