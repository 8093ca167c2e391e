# @SAYS@ Prints for ever before anything is called.
# @EXPECTED@ output_limit
while True:
    print("x" * 1000)
