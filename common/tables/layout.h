/* layout.h - the layouts of files, as rows (inside this room only): what tells one, what it yields,
 * how many rows a full one has.
 *
 * Parsers take any bytes: they check before they cut, and every refusal names the line and the
 * rule. */
#ifndef CC_TABLES_LAYOUT_H
#define CC_TABLES_LAYOUT_H

#include "common/tables/load.h"

struct source {
    const char *name; /* as given */
    const char *base; /* its last part */
    const char *data;
    size_t n;
    const char *kind; /* --kind, or NULL */
};

struct period {
    char edition[EDITION_NAME_MAX + 1];
    int32_t starts, until, reach; /* until 0 = open; reach 0 = starts */
};

enum { JOB_TABLES = 2 };

/* One file being read. */
struct job {
    const struct source *src;
    const struct layout *layout;
    bool seed;            /* written for demos: the name says so */
    bool whole;           /* bounds and canaries apply */
    struct period period; /* known before parsing starts */
    struct sheet sheets[JOB_TABLES];
    size_t n_sheets;
    size_t rows,
        flagged;    /* data rows as the official count has them; of these billable (order files) */
    int32_t newest; /* latest date a row speaks of, 0: none */
    unsigned groups;
    int part;         /* of a file that comes in parts: 1, 2 …; 0: it does not */
    bool lesser;      /* another file of the same rows says more: it wins when both come */
    char quarter[12]; /* last day of the file's quarter, where rows are kept with it (quarters.h) */
    bool extract;     /* the file itself says that rows were left out */
};

struct layout {
    const char *name;        /* "icd10cm-order" */
    enum table_id tables[3]; /* what it yields; ends with TABLE_MAX */
    const char *expect;      /* what a line of it looks like */
    bool (*is)(const struct source *s);
    int (*period)(const struct source *s, struct period *out, struct err *e);
    int (*parse)(struct job *j, struct err *e);
    size_t min, max;     /* job.rows of a full official file */
    bool ends_with_line; /* a full file ends with a line end: otherwise it was cut */
    const char *hint;   /* in the name of such a file, whatever the case: one that is none of it any
                           more is refused by   this layout, with line and expectation; NULL: none */
    const char *ignore; /* not NULL: known and not loaded, and why */
};

extern const struct layout layouts[]; /* ends with a row without name */

/* The layout of a file, by its content; --kind settles what only a name would tell. NULL: none. */
const struct layout *layout_find(const struct source *s, const char *kind);
/* Period, end of file, rows, counts and canaries. ERR_REJECT names the line. */
int job_read(struct job *j, const struct load_options *o, struct err *e);

struct sheet *job_sheet(struct job *j, enum table_id t);

/* Lines of a text: CR and LF taken off. */
struct lines {
    const char *p, *end;
    size_t number; /* of the line last given, from 1 */
};
struct lines lines_of(const struct source *s);
bool lines_next(struct lines *l, struct span *line);

/* ERR_REJECT "layout": "line 12: expected …". */
int bad_line(struct err *e, size_t line, const char *expected);

/* Reads on to the header, which stands within the first `rows` records: `is` knows it, and may fill
 * `index` with where each column stands. ERR_REJECT "layout": none, `expected` is said. */
struct csv;
typedef bool header_fn(const struct csv *c, int *index);
int header_find(struct csv *c, int rows, header_fn *is, int *index, const char *expected,
                struct err *e);

/* Bytes `at`, `at + n` of a line (1-based, as layouts are written), cut at its end, trimmed. */
struct span columns(struct span line, size_t at, size_t n);
struct span cut_tab(struct span *rest);    /* the next field; rest->p NULL after the last */
bool span_digits(struct span s, size_t n); /* exactly n digits */
bool span_alnum(struct span s, size_t n);  /* exactly n of [A-Z0-9] */
bool span_starts(struct span s, const char *prefix);
bool span_has(struct span s, const char *word);
int32_t span_day(struct span s);      /* yyyymmdd; 0: not one */
int64_t layout_number(struct span s); /* -1: not a decimal number */
bool source_has(const struct source *s, const char *word, size_t within); /* in its first bytes */
bool name_has(const struct source *s, const char *word);                  /* whatever the case */
/* Four digits 19xx or 20xx in the base name, not part of a longer number; 0: none. */
int name_year(const struct source *s);
/* The fiscal year in <version>, near the top of an XML; 0: none there, -1: another word. */
int version_year(const struct source *s);
/* Code without dot, blanks; upper case. False: too long or nothing. */
bool code_cell(struct span s, char *out, size_t size);
/* A code of the alphabetic index: dotless, a "-" at its end kept for one to finish; "" for "--" or
 * nothing. False: no code. */
enum { INDEX_CODE = 16 };
bool index_code(struct span v, char out[INDEX_CODE]);
#define INDEX_CODE_EXPECT "a code, or the beginning of one with - behind it"

/* Periods. */
void period_fiscal(struct period *p, int year);               /* 1 October before to 30 September */
void period_quarter(struct period *p, int year, int quarter); /* 1 to 4 */
void period_always(struct period *p);
/* A quarter of NCCI, whose files carry every window since 1996: it serves all days up to its last.
 */
void period_cumulative(struct period *p, int year, int quarter);

/* In the first line of a file from which rows were left out on purpose: the count of rows does not
 * apply. */
#define NCCI_EXTRACT "HCPCS Level II codes only"

/* A release of a fee schedule (layout_schedule.c); 0: not known. */
struct release {
    int year, month;
};
void release_scan(struct span text, struct release *r);
/* From the title, the first line with these words, and from the name; ERR_REJECT "year" where they
 * differ or neither tells. */
int release_period(const struct source *s, const char *words, struct period *out, struct err *e);
/* "1.30", "$1,234.50" as a whole number of 10^-places; false: no number, or finer than that. */
bool layout_decimal(struct span s, int places, int64_t *out);
bool decimal_cell(struct sheet *s, struct span v, int places); /* the next cell; false: no number */
/* The words of a header cell: whatever the case, any blanks and line ends between. */
bool cell_says(struct span cell, const char *words);

void job_newer(struct job *j, int32_t day); /* keeps the latest date seen */

/* The parsers, by file. */
bool order_cm_is(const struct source *s);
bool order_pcs_is(const struct source *s);
int order_period(const struct source *s, struct period *out, struct err *e);
int order_parse(struct job *j, struct err *e);
bool poa_is(const struct source *s);
int poa_period(const struct source *s, struct period *out, struct err *e);
int poa_parse(struct job *j, struct err *e);
bool anweb_is(const struct source *s);
int anweb_period(const struct source *s, struct period *out, struct err *e);
int anweb_parse(struct job *j, struct err *e);
bool hcpcs_csv_is(const struct source *s);
int hcpcs_csv_parse(struct job *j, struct err *e);
bool ptp_practitioner_is(const struct source *s);
bool ptp_hospital_is(const struct source *s);
int ptp_period(const struct source *s, struct period *out, struct err *e);
int ptp_parse(struct job *j, struct err *e);
bool mue_practitioner_is(const struct source *s);
bool mue_hospital_is(const struct source *s);
bool mue_dme_is(const struct source *s);
int mue_period(const struct source *s, struct period *out, struct err *e);
int mue_parse(struct job *j, struct err *e);
bool aoc_is(const struct source *s);
bool aoc_fixed_is(const struct source *s);
int aoc_period(const struct source *s, struct period *out, struct err *e);
int aoc_parse(struct job *j, struct err *e);
int aoc_fixed_parse(struct job *j, struct err *e);
bool mce_dx_is(const struct source *s);
bool mce_px_is(const struct source *s);
bool mce_ages_is(const struct source *s);
bool mce_status_is(const struct source *s);
int mce_period(const struct source *s, struct period *out, struct err *e);
int mce_codes_parse(struct job *j, struct err *e);
int mce_ages_parse(struct job *j, struct err *e);
int mce_status_parse(struct job *j, struct err *e);
bool ndc_is(const struct source *s);
int ndc_period(const struct source *s, struct period *out, struct err *e);
int ndc_parse(struct job *j, struct err *e);
bool msdrg_is(const struct source *s);
int msdrg_period(const struct source *s, struct period *out, struct err *e);
int msdrg_parse(struct job *j, struct err *e);
bool index_flat_is(const struct source *s);
bool index_xml_is(const struct source *s);
int index_period(const struct source *s, struct period *out, struct err *e);
int index_flat_parse(struct job *j, struct err *e);
int index_xml_parse(struct job *j, struct err *e);
bool index_cause_is(const struct source *s); /* external causes: the same form */
int index_cause_parse(struct job *j, struct err *e);
bool cells_neoplasm_is(const struct source *s);
int cells_neoplasm_parse(struct job *j, struct err *e);
bool cells_drug_is(const struct source *s);
int cells_drug_parse(struct job *j, struct err *e);
bool tabular_is(const struct source *s);
int tabular_period(const struct source *s, struct period *out, struct err *e);
int tabular_parse(struct job *j, struct err *e);
bool rvu_csv_is(const struct source *s);
bool rvu_qpp_csv_is(const struct source *s);
bool rvu_named_is(const struct source *s);
bool rvu_txt_is(const struct source *s);
bool rvu_qpp_txt_is(const struct source *s);
int rvu_period(const struct source *s, struct period *out, struct err *e);
int rvu_csv_parse(struct job *j, struct err *e);
int rvu_named_parse(struct job *j, struct err *e);
int rvu_txt_parse(struct job *j, struct err *e);
bool gpci_is(const struct source *s);
int gpci_period(const struct source *s, struct period *out, struct err *e);
int gpci_parse(struct job *j, struct err *e);
bool weights_is(const struct source *s);
int weights_period(const struct source *s, struct period *out, struct err *e);
int weights_parse(struct job *j, struct err *e);
bool opps_is(const struct source *s);
bool opps_part_is(const struct source *s);
int opps_period(const struct source *s, struct period *out, struct err *e);
int opps_parse(struct job *j, struct err *e);
bool fsh_is(const struct source *s, enum table_id t);
int fsh_parse(struct job *j, struct err *e);
bool list_is(const struct source *s, enum table_id t);
int list_unnamed(struct job *j, struct err *e);
int list_parse(struct job *j, struct err *e);
/* What limits a code of a list, as its number alone says it: "hospice" or nothing. */
const char *list_note(enum table_id t, struct span code);
bool hcc_dx_is(const struct source *s);
bool hcc_parents_is(const struct source *s);
bool hcc_coefficients_is(const struct source *s);
bool hcc_eligible_is(const struct source *s);
bool hcc_format_is(const struct source *s);
bool hcc_mapping_is(const struct source *s);
int hcc_period(const struct source *s, struct period *out, struct err *e);
int hcc_format_period(const struct source *s, struct period *out, struct err *e);
int hcc_mapping_period(const struct source *s, struct period *out, struct err *e);
int hcc_dx_parse(struct job *j, struct err *e);
int hcc_parents_parse(struct job *j, struct err *e);
int hcc_coefficients_parse(struct job *j, struct err *e);
int hcc_eligible_parse(struct job *j, struct err *e);
int hcc_format_parse(struct job *j, struct err *e);
int hcc_mapping_parse(struct job *j, struct err *e);
bool pcs_is(const struct source *s);
int pcs_period(const struct source *s, struct period *out, struct err *e);
int pcs_parse(struct job *j, struct err *e);
bool pcs_key_is(const struct source *s);
int pcs_key_period(const struct source *s, struct period *out, struct err *e);
int pcs_key_parse(struct job *j, struct err *e);
bool taxonomy_is(const struct source *s);
int taxonomy_period(const struct source *s, struct period *out, struct err *e);
int taxonomy_parse(struct job *j, struct err *e);
int own_period(const struct source *s, struct period *out, struct err *e);
bool own_is(const struct source *s, enum table_id t);
int own_parse(struct job *j, struct err *e);

#endif
