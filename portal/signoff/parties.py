"""Who signs with whom, as a snapshot names them."""


def party(company):
    """Return who a studio or a client is on paper."""
    return {
        "name": company.name,
        "legal_name": company.legal_name,
        "address": company.address,
        "tax_number": company.tax_number,
    }
