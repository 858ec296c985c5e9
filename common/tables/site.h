/* site.h - rows of the site's own tables as every visit reads them: charges, providers, payers;
 * read once, when the edition is opened
 *
 * Texts are never NULL, "" where a cell is empty, and live as long as the tables, and so does the
 * row itself. Who asks now and then for a column takes table_col. */
#ifndef CC_TABLES_SITE_H
#define CC_TABLES_SITE_H

#include "common/tables/tables.h"

/* Of TABLE_CDM. */
struct charge_row {
    const char *revenue, *code_system, *code;
    const char *modifiers; /* joined by ";" */
    const char *unit_code;
    const char *professional; /* who bills it: Y N both */
    const char *pos;
    int64_t price_cents; /* of one unit; -1: none */
};

/* Of TABLE_PROVIDERS. */
struct provider_row {
    const char *npi, *organization, *last, *first, *middle, *taxonomy;
    const char *tax_id, *tax_id_type, *phone;
    const char *address1, *address2, *city, *state, *zip;
    const char *clia, *clia_type, *professional_npi;
    const char *pcs_not_coded; /* joined by ";" */
    const char *off_campus;    /* PO, PN, ER or "" */
};

/* Of TABLE_PAYERS. */
struct payer_row {
    const char *key; /* as it was looked up: an id or an alias */
    const char *canonical, *name, *receiver, *filing_indicator, *insurance_type;
    const char *kinds;  /* letters of I and P */
    const char *coding; /* joined by ";" */
    const char *filing_basis;
    int64_t filing_days; /* 0: no limit */
};

/* What a row holds. A row of another table aborts (a bug). */
const struct charge_row *site_charge(const struct table_row *r);
const struct provider_row *site_provider(const struct table_row *r);
const struct payer_row *site_payer(const struct table_row *r);

#endif
