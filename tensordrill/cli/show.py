"""placeholder"""
def show() -> None:
    """x"""
