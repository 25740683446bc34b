def merge(readings):
    return ()
