"""x"""
def align(a,b): return []
