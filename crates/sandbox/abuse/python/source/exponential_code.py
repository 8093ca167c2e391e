# @SAYS@ Code that is small to read and huge to compile.
# @EXPECTED@ accepted
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
