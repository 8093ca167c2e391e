# @SAYS@ Code that is small to read and huge to compile.
# @EXPECTED@ accepted
# @LIMITS@ {"test_cpu_ms": 2000}
def solve(value):
    return sum(value)


def never():
    try:
     pass
    finally:
     try:
      pass
     finally:
      try:
       pass
      finally:
       try:
        pass
       finally:
        try:
         pass
        finally:
         try:
          pass
         finally:
          try:
           pass
          finally:
           try:
            pass
           finally:
            try:
             pass
            finally:
             try:
              pass
             finally:
              try:
               pass
              finally:
               try:
                pass
               finally:
                 pass
