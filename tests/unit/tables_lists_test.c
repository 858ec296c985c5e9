/* tables_lists_test.c - code lists in FHIR Shorthand, our own CSV, CSV records */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/tables/csv.h"

/* fsh - a list of one system */
static const char *fsh(const char *system, const char *concepts)
{
    static char text[8192];

    snprintf(text, sizeof(text), "CodeSystem: %s\nTitle: \"x\"\nId: x\n* ^status = #active\n\n%s",
             system, concepts);
    return text;
}

/* take - one list must be taken */
static void take(struct loading *l, const char *system, const char *concepts)
{
    if (loading_add(l, "list.fsh", fsh(system, concepts)) != LOAD_TAKEN)
        fail_msg("%s", l->last.text);
}

/* test_denied - displays that say that the code is not one */
static void test_denied(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    take(&l, "CLM_POS_CD",
         "* #11 \"OFFICE\"\n* #30 \"UNASSIGNED\"\n* #~ \"NO DESCRIPTION AVAILABLE\"\n* #12 \"A "
         "\\\"HOME\\\"\" \"more\"\n");
    take(&l, "CLM_BILL_CLSFCTN_CD",
         "* #11 \"HOSPITAL\"\n* #16 \"LEVEL II (OBSOLETE)\"\n* #19 \"RESERVED FOR NATIONAL "
         "ASSIGNMENT\"\n"
         "* #33 \"HHA (TERM. 10/2013)\"\n");
    take(&l, "CLM_ADMSN_TYPE_CD",
         "* #0 \"Unknown Value (but present in data)\"\n* #6 \"Reserved\"\n* #9 \"Unknown - "
         "Information not available.\"\n");
    take(&l, "ANSI_RSN_CD",
         "* #203 \"Discontinued or reduced service.\"\n* #W9 \"Reserved beds\"\n");
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_POS, "11", NULL, 20260101, "display"), "OFFICE");
    assert_string_equal(asked(l.tables, TABLE_POS, "12", NULL, 20260101, "display"), "A \"HOME\"");
    assert_string_equal(asked(l.tables, TABLE_POS, "30", NULL, 20260101, "display"), "(absent)");
    assert_string_equal(asked(l.tables, TABLE_POS, "~", NULL, 20260101, "display"), "(absent)");
    assert_string_equal(asked(l.tables, TABLE_BILL_TYPE, "16", NULL, 20260101, "display"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_BILL_TYPE, "19", NULL, 20260101, "display"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_BILL_TYPE, "33", NULL, 20130930, "display"),
                        "HHA (TERM. 10/2013)");
    assert_string_equal(asked(l.tables, TABLE_BILL_TYPE, "33", NULL, 20131001, "display"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_TYPE, "0", NULL, 20260101, "note"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_TYPE, "6", NULL, 20260101, "note"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_TYPE, "9", NULL, 20260101, "note"), "");
    assert_string_equal(asked(l.tables, TABLE_CARC, "203", NULL, 20260101, "note"), "");
    assert_string_equal(asked(l.tables, TABLE_CARC, "W9", NULL, 20260101, "note"), "");
    loading_end(&l);
}

/* test_dates - every form of a date in a display */
static void test_dates(void **state)
{
    static const struct {
        const char *code, *display;
        int32_t last_before, first, last, first_after; /* 0: not asked */
    } rows[] = {
        {"01", "A (EFFECTIVE 10/1/13)", 20130930, 20131001, 20990101, 0},
        {"02", "A (EFFECTIVE JANUARY 1, 2022) - B", 20211231, 20220101, 20990101, 0},
        {"03", "A (EFF. 3/07). PRIOR TO3/07", 20070228, 20070301, 20990101, 0},
        {"04", "A (EFF 04/01/03)", 20030331, 20030401, 20990101, 0},
        {"05", "A (EFFECTIVE 7/1/2020)", 20200630, 20200701, 20990101, 0},
        {"06", "DISCONTINUED 4/1/03", 0, 19900101, 20030331, 20030401},
        {"07", "A (DISCONTINUED EFFECTIVE 10/1/05)", 0, 19900101, 20050930, 20051001},
        {"08", "A -(NOT TO BE USED FOR SERVICES AFTER 4/15/90) B", 0, 19890101, 19900415, 19900416},
        {"09", "A (TITLE EFFECTIVE 10/1/13)", 0, 19900101, 20990101, 0},
        {"10", "LEFT AGAINST ADVICE OR DISCONTINUED CARE", 0, 19900101, 20990101, 0},
        {"11", "A (EFFECTIVE NO LATER THAN MAY 1, 2010)", 20100430, 20100501, 20990101, 0},
        {"12", "A (CODE EFFECTIVE, OCTOBER 1, 2003; REVISED, EFFECTIVE APRIL 1, 2004)", 20030930,
         20031001, 20990101, 0},
        {"13", "A (EFFECTIVE DATE TBD)", 20260101, 0, 0, 0},
        {"14", "EFFECT OF 12 UNITS", 0, 19900101, 20990101, 0},
        {"15", "A (EFFECTIVE 13/45/13)", 0, 19900101, 20990101, 0},
    };
    char concepts[8192] = "";
    struct loading l;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        snprintf(concepts + strlen(concepts), sizeof(concepts) - strlen(concepts), "* #%s \"%s\"\n",
                 rows[i].code, rows[i].display);
    loading_begin(&l, NULL);
    take(&l, "BENE_PTNT_STUS_CD", concepts);
    loading_publish(&l);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const int32_t days[] = {rows[i].last_before, rows[i].first, rows[i].last,
                                rows[i].first_after};

        for (int d = 0; d < 4; d++) {
            bool there = d == 1 || d == 2;

            if (days[d] && (strcmp(asked(l.tables, TABLE_DISCHARGE_STATUS, rows[i].code, NULL,
                                         days[d], "note"),
                                   "(absent)") != 0) != there)
                fail_msg("%s on %d", rows[i].display, days[d]);
        }
    }
    loading_end(&l);
}

/* test_notes - newborns, hospice, payers */
static void test_notes(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    take(&l, "CLM_ADMSN_SRC_CD",
         "* #1 \"OUTSIDE (NON-NEWBORN)/RESERVED FOR NATIONAL ASSIGNMENT (NEWBORN)\"\n"
         "* #3 \"RESERVED FOR NATIONAL ASSIGNMENT (NON-NEWBORN)/RESERVED (NEWBORN)\"\n"
         "* #4 \"RESERVED (NON-NEWBORN)/BORN THERE (NEWBORN)\"\n"
         "* #5 \"NURSING (NON-NEWBORN)/BORN HERE (NEWBORN)\"\n* #D \"UNIT (NON-NEWBORN)\"\n* #G "
         "\"SITE\"\n"
         "* #K \"RESERVED FOR NATIONAL ASSIGNMENT (NON-NEWBORN)\"\n");
    take(&l, "BENE_PTNT_STUS_CD",
         "* #40 \"EXPIRED AT HOME\"\n* #43 \"FEDERAL\"\n* #00 \"UNKNOWN\"\n");
    take(&l, "CLM_RLT_COND_CD",
         "* #12 \"PAYER CODE/NOT CURRENTLY USED BY MEDICARE.\"\n* #02 \"EMPLOYMENT\"\n* #X7 "
         "\"RESERVED FOR NATIONAL "
         "ASSIGNMENT\"\n");
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "1", NULL, 20260101, "note"),
                        "not-newborn");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "3", NULL, 20260101, "note"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "4", NULL, 20260101, "note"),
                        "newborn");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "5", NULL, 20260101, "note"), "");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "D", NULL, 20260101, "note"),
                        "not-newborn");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "G", NULL, 20260101, "note"), "");
    assert_string_equal(asked(l.tables, TABLE_ADMISSION_SOURCE, "K", NULL, 20260101, "note"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_DISCHARGE_STATUS, "40", NULL, 20260101, "note"),
                        "hospice");
    assert_string_equal(asked(l.tables, TABLE_DISCHARGE_STATUS, "43", NULL, 20260101, "note"), "");
    assert_string_equal(asked(l.tables, TABLE_DISCHARGE_STATUS, "00", NULL, 20260101, "note"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_CONDITION, "12", NULL, 20260101, "note"), "payer");
    assert_string_equal(asked(l.tables, TABLE_CONDITION, "02", NULL, 20260101, "note"), "");
    assert_string_equal(asked(l.tables, TABLE_CONDITION, "X7", NULL, 20260101, "note"), "(absent)");
    loading_end(&l);
}

/* test_fsh_damaged - and systems that no table holds */
static void test_fsh_damaged(void **state)
{
    struct loading l;

    (void)state;
    refused("x.fsh", fsh("CLM_POS_CD", "* #1 \"OFFICE\"\n"), "layout",
            "line 6: expected a code of the list's width");
    refused("x.fsh", fsh("CLM_POS_CD", "* #11 \"OFFICE\n"), "layout", "line 6: expected");
    refused("x.fsh", fsh("CLM_POS_CD", "* #11 OFFICE\n"), "layout", "line 6");
    refused("x.fsh", fsh("CLM_POS_CD", "* #11 \"OFFICE\""), "cut", "cut");
    refused("CodeSystem-CLM-POS-CD.fsh", "* #11 \"OFFICE\"\n", "layout", "CodeSystem:");
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "x.fsh", fsh("ANSI_GRP_CD", "* #CO \"x\"\n")), LOAD_IGNORED);
    loading_end(&l);
}

static const char payers[] = "payer_id,name,filing_indicator,receiver,kinds,timely_filing_days,"
                             "filing_basis,member_pattern,aliases,requires_referring,"
                             "allow_freq7,insurance_type,claim_office,from,to\n"
                             "99902,Contractor,MB,MEDICARE01,P,365,line_from,\"^[A-Z]{3}[0-9]{6,10}"
                             "$\",Medicare; medicare  part b ;99902,N,Y,,,2020-01-01,\n";

/* test_payers - aliases are rows of their own */
static void test_payers(void **state)
{
    struct loading l;
    size_t cursor = 0, n = 0;
    struct table_row r;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "payers.csv", payers), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(asked(l.tables, TABLE_PAYERS, "MEDICARE", NULL, 20260101, "canonical"),
                        "99902");
    assert_string_equal(asked(l.tables, TABLE_PAYERS, "MEDICARE PART B", NULL, 20260101, "name"),
                        "Contractor");
    assert_string_equal(asked(l.tables, TABLE_PAYERS, "99902", NULL, 20260101, "canonical"),
                        "99902");
    assert_string_equal(asked(l.tables, TABLE_PAYERS, "99902", NULL, 20260101, "member_pattern"),
                        "^[A-Z]{3}[0-9]{6,10}$");
    assert_string_equal(asked(l.tables, TABLE_PAYERS, "99902", NULL, 20191231, "canonical"),
                        "(absent)");
    while (tables_each(l.tables, TABLE_PAYERS, 20260101, &cursor, &r))
        n++;
    assert_int_equal(n, 3);
    loading_end(&l);
}

#define CODING(words)                                                                              \
    "payer_id,name,filing_indicator,receiver,kinds,timely_filing_days,filing_basis,"               \
    "member_pattern,aliases,requires_referring,allow_freq7,insurance_type,claim_office,"           \
    "from,to,external_cause,contractor,late_charges,coding\n"                                      \
    "X1,X,CI,R,PI,,,,,,,,,2020-01-01,,,,," words "\n"

/* test_payer_words - how services are told: every word of docs/services.md, and its no */
static void test_payer_words(void **state)
{
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "payers.csv",
                                 CODING("8-minute;JW;0;50;51;X;PT;CQ;AA;JA;P1;93;95;FS;GC;consult;"
                                        "G2212;AI;no-0;no-AA;no-JA;no-P1")),
                     LOAD_TAKEN);
    loading_end(&l);
}

/* change - one part of the payers' file replaced */
static const char *change(const char *what, const char *by)
{
    static char out[4096];
    const char *at = strstr(payers, what);

    assert_non_null(at);
    snprintf(out, sizeof(out), "%.*s%s%s", (int)(at - payers), payers, by, at + strlen(what));
    return out;
}

/* test_payers_damaged - header, cells, windows, two rows for one key */
static void test_payers_damaged(void **state)
{
    char twice[4096];
    struct loading l;

    (void)state;
    refused("payers.csv", change("name,filing_indicator", "filing_indicator,name"), "layout",
            "column 2 to be \"name\"");
    refused("payers.csv", change(",from,to\n", ",from\n"), "layout", "column 15 to be \"to\"");
    refused("payers.csv", change(",from,to\n", ",from,to,more\n"), "layout",
            "column 16 to be \"external_cause\"");
    refused("payers.csv",
            change(",from,to\n",
                   ",from,to,external_cause,contractor,late_charges,coding,file_hours,"
                   "ack_days,era_days,appeal_days,inquiry,resend_unknown,variance_cents,"
                   "variance_percent,crossover_days,crossover_bill,more\n"),
            "layout", "29 columns");
    refused("payers.csv", CODING("51;no-X;52"), "layout", "in \"coding\"");
    refused("payers.csv", change(",P,365", ",X,365"), "layout",
            "line 2: expected P, I or PI in \"kinds\"");
    refused("payers.csv", change(",P,365", ",P,1 year"), "layout", "number of days");
    refused("payers.csv", change("2020-01-01,", "2020-02-30,"), "layout", "line 2: expected days");
    refused("payers.csv", change("2020-01-01,", "2020-01-01,2019-12-31"), "layout",
            "line 2: expected days");
    refused("payers.csv", change("99902,Contractor", ",Contractor"), "layout", "expected an id");
    refused("payers.csv", change("\"^[A-Z]{3}[0-9]{6,10}$\"", "^[A-Z]{3}[0-9]{6,10}$"), "layout",
            "line 2");
    refused("payers.csv", change("N,Y", "\xff,Y"), "layout", "line 2");
    refused("payers.csv", change("\"^[A-Z]", "\"\"^[A-Z]"), "layout", "line 2: a quoted cell");
    snprintf(twice, sizeof(twice), "%s%s", payers, strchr(payers, '\n') + 1);
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "payers.csv", twice), LOAD_TAKEN);
    loading_publish(&l); /* equal rows are one row */
    assert_int_equal(l.refused, 0);
    snprintf(twice, sizeof(twice), "%s%s", payers,
             strchr(change("Contractor", "Another"), '\n') + 1);
    assert_int_equal(loading_add(&l, "payers.csv", twice), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(l.refused, 1);
    assert_string_equal(l.last.code, "rows");
    assert_string_equal(asked(l.tables, TABLE_PAYERS, "99902", NULL, 20260101, "name"),
                        "Contractor");
    loading_end(&l);
}

/* test_others - keys of providers and charges; check digits and forms */
static void test_others(void **state)
{
    static const char providers[] =
        "key,npi,roles,organization,last,first,middle,taxonomy,tax_id,tax_id_type,address1,"
        "address2,city,state,zip,phone,group_npi,"
        "clia,professional_npi,from,to\n"
        "facility:Riverbend  Hospital,1987654328,billing facility,Y,RIVERBEND "
        "HOSPITAL,,,282N00000X,987654322,EI,500 HOSPITAL DR,,"
        "SPRINGTOWN,OH,441015678,5555550100,,,1234567893,2020-01-01,\n";
    static const char cdm[] =
        "charge,revenue,code_system,code,modifiers,price_cents,unit_code,professional,department,"
        "description,"
        "needs_drug,pos,from,to\nov-est3,0510,cpt,99213,25;59,18000,UN,Y,CLINIC,visit,N,11,2020-01-"
        "01,2026-12-31\n"
        "ov-est3,0510,cpt,99213,,19000,UN,both,CLINIC,visit,N,11,2027-01-01,\n"
        "snomed|185345009,,cpt,99213,,18000,,N,,,,,,\n";
    struct loading l;
    char bad[2048];

    (void)state;
    loading_begin(&l, NULL);
    assert_int_equal(loading_add(&l, "p.csv", providers), LOAD_TAKEN);
    assert_int_equal(loading_add(&l, "c.csv", cdm), LOAD_TAKEN);
    loading_publish(&l);
    assert_string_equal(
        asked(l.tables, TABLE_PROVIDERS, "facility:RIVERBEND HOSPITAL", NULL, 20260101, "npi"),
        "1987654328");
    assert_string_equal(asked(l.tables, TABLE_CDM, "OV-EST3", NULL, 20261231, "price_cents"),
                        "18000");
    assert_string_equal(asked(l.tables, TABLE_CDM, "OV-EST3", NULL, 20270101, "price_cents"),
                        "19000");
    assert_string_equal(asked(l.tables, TABLE_CDM, "OV-EST3", NULL, 20191231, "price_cents"),
                        "(absent)");
    assert_string_equal(asked(l.tables, TABLE_CDM, "snomed|185345009", NULL, 20000101, "code"),
                        "99213");
    loading_end(&l);
    snprintf(bad, sizeof(bad),
             "key,npi,roles,organization,last,first,middle,taxonomy,tax_id,tax_id_type,address1,"
             "address2,city,state,zip,phone,group_npi,clia,professional_npi,from,to,may_order,"
             "enrolled_from,enrolled_to,payers,clia_type\n"
             "1,1987654328,billing,Y,X,,,,,,,,,,,,,,,2020-01-01,,,,,,moderate\n");
    refused("p.csv", bad, "layout", "in \"clia_type\"");
    snprintf(bad, sizeof(bad), "%s", providers);
    memcpy(strstr(bad, "1987654328"), "1987654329", 10);
    refused("p.csv", bad, "layout", "check digit");
    snprintf(bad, sizeof(bad), "%s", cdm);
    memcpy(strstr(bad, "25;59"), "25;5 ", 5);
    refused("c.csv", bad, "layout", "modifiers separated by ;");
    snprintf(bad, sizeof(bad), "%s", cdm);
    memcpy(strstr(bad, "18000"), "180.0", 5);
    refused("c.csv", bad, "layout", "whole cents");
}

/* test_csv - records, line numbers, line ends inside cells */
static void test_csv(void **state)
{
    static const char text[] = "\xEF\xBB\xBF"
                               "a,\"b\r\nc\",d\r\n\r\n,,\r\nx,\"y\"\"z\",\r";
    struct err e = {0};
    struct csv c;

    (void)state;
    csv_init(&c, text, sizeof(text) - 1);
    assert_int_equal(csv_next(&c, &e), 1);
    assert_int_equal(c.n, 3);
    assert_true(span_is(c.cells[0], "a") && span_is(c.cells[1], "b\r\nc") &&
                span_is(c.cells[2], "d"));
    assert_int_equal(csv_next(&c, &e), 1);
    assert_int_equal(c.line, 5);
    assert_true(span_is(c.cells[1], "y\"z") && c.n == 3 && c.cells[2].n == 0);
    assert_int_equal(csv_next(&c, &e), 0);
    csv_release(&c);
    csv_init(&c, "a,\"b\"c\n", 7);
    assert_int_equal(csv_next(&c, &e), -1);
    csv_release(&c);
    csv_init(&c, "\"", 1);
    assert_int_equal(csv_next(&c, &e), -1);
    csv_release(&c);
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_denied),      cmocka_unit_test(test_dates),
        cmocka_unit_test(test_notes),       cmocka_unit_test(test_fsh_damaged),
        cmocka_unit_test(test_payers),      cmocka_unit_test(test_payers_damaged),
        cmocka_unit_test(test_payer_words), cmocka_unit_test(test_others),
        cmocka_unit_test(test_csv),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
