// Headers only: the library is opened at run time.
