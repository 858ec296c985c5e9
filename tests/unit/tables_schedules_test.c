/* tables_schedules_test.c - relative values, cost indices, OPPS Addendum B: small files in the
 * published layouts, both ways */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#include "common/tables/rvu.h"

/* The stacked headers of 31 columns (to 2025) and 32. */
static const char old_rvu[] =
    ",,2025 National Physician Fee Schedule Relative Value File October "
    "Release,,,,,,,,,,,,,,,,,,,,,"
    ",,,,,,,\r\n,,\"CPT codes, and descriptions, are not "
    "here.\xA0\",,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n"
    ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,"
    "POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,"
    "PAYMENT\r\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,FAMILY INDICATOR,AMOUNT,"
    "AMOUNT,AMOUNT\r\n"
    "12001,,A SECRET "
    "TEXT,A,,0.84,1.63,,0.32,,0.11,2.58,1.27,0,000,0.00,0.00,0.00,2,0,1,0,0,,32.3465,"
    "09,0,99,0.00,0.00,0.00\r\n"
    "71046,26,A SECRET TEXT,A,,0.22,0.08,,0.08,,0.02,0.32,0.32,1,XXX,0.00,0.00,0.00,0,3,0,0,0,,"
    "32.3465,09,0,99,0.00,0.00,0.00\r\n"
    "71046,,A SECRET "
    "TEXT,A,,0.22,0.76,,0.76,NA,0.03,1.01,1.01,1,XXX,0.00,0.00,0.00,0,3,0,0,0,43235,"
    "32.3465,01,0,99,11.58,11.14,0.05\r\n";
static const char new_rvu[] =
    ",,2026 National Physician Fee Schedule Relative Value File January "
    "Release,,,,,,,,,,,,,,,,,,,,,"
    ",,,,,,,,\r\n"
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,"
    "DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,FAMILY "
    "INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n"
    "99213,,A SECRET "
    "TEXT,A,,1.30,1.45,,0.32,,0.10,2.85,1.72,0,XXX,0.00,0.00,0.00,0,0,0,0,0,1,,33.4009,"
    "09,0,99,0.00,0.00,0.00\r\n"
    "44950,,A SECRET "
    "TEXT,A,,10.60,7.38,NA,7.38,,2.57,20.55,20.55,0,090,0.09,0.81,0.10,2,0,2,1,0,1,,"
    "33.4009,09,0,99,0.00,0.00,0.00\r\n";

/* with - a text with one part replaced; of two at most */
static const char *with(const char *text, const char *what, const char *by)
{
    static char texts[2][8192];
    static int turn;
    const char *at = strstr(text, what);
    char *out = texts[turn ^= 1];

    if (!at)
        fail_msg("no %s", what);
    snprintf(out, sizeof(texts[0]), "%.*s%s%s", (int)(at - text), text, by, at + strlen(what));
    return out;
}

/* took - a file that must be taken */
static void took(struct loading *l, const char *name, const char *text)
{
    if (loading_add(l, name, text) != LOAD_TAKEN)
        fail_msg("%s: %s", name, l->last.text);
}

/* rvu - one column of a code under a modifier */
static const char *rvu(const struct loading *l, const char *code, const char *modifier, int32_t on,
                       const char *column)
{
    return asked(l->tables, TABLE_RVU, code, modifier, on, column);
}

/* test_rvu - both widths, by position; two releases and two years side by side */
static void test_rvu(void **state)
{
    struct loading l;
    struct table_row r;
    const struct edition_info *i;

    (void)state;
    loading_begin(&l, NULL);
    took(&l, "rvu25d/PPRRVU25_OCT.csv", old_rvu);
    took(&l, "PPRRVU2026_Jan_nonQPP.csv", new_rvu);
    took(&l, "PPRRVU2026_Apr_nonQPP.csv",
         with(with(new_rvu, "January", "April"), "44950,,A", "44955,,A"));
    took(&l, "PPRRVU2026_Jan_QPP.csv",
         with(with(new_rvu, "33.4009", "33.5675"), "33.4009", "33.5675"));
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(rvu(&l, "12001", "-", 20251231, "global"), "000");
    assert_string_equal(rvu(&l, "12001", "-", 20250930, "global"), "(no edition)");
    assert_string_equal(rvu(&l, "71046", "26", 20251001, "bilateral"), "3");
    assert_string_equal(rvu(&l, "71046", "-", 20251001, "endo_base"), "43235");
    assert_string_equal(rvu(&l, "71046", "-", 20251001, "opps_facility_pe_hundredths"), "1114");
    assert_string_equal(rvu(&l, "71046", "-", 20251001, "facility_na"), "Y");
    assert_string_equal(rvu(&l, "71046", "-", 20251001, "factor_ten_thousandths"), "323465");
    assert_string_equal(rvu(&l, "44950", "-", 20260331, "global"), "090");
    assert_string_equal(rvu(&l, "44950", "-", 20260331, "intra_percent"), "81");
    assert_string_equal(rvu(&l, "44950", "-", 20260401, "global"), "(absent)");
    assert_string_equal(rvu(&l, "44955", "-", 20261231, "assistant"), "2");
    assert_string_equal(rvu(&l, "99213", "-", 20260101, "facility_total_hundredths"), "172");
    assert_string_equal(rvu(&l, "99213", "-", 20260101, "factor_ten_thousandths"), "334009");
    assert_string_equal(
        asked(l.tables, TABLE_RVU_QPP, "99213", "-", 20261231, "factor_ten_thousandths"), "335675");
    assert_int_equal(rvu_find(l.tables, "71046", "TC", 20251101, &r), LOOKUP_FOUND);
    assert_true(span_is(table_key(&r, 1), RVU_WHOLE));
    assert_int_equal(rvu_find(l.tables, "71046", "26", 20251101, &r), LOOKUP_FOUND);
    assert_true(span_is(table_key(&r, 1), "26"));
    assert_int_equal(rvu_find(l.tables, "00000", NULL, 20251101, &r), LOOKUP_ABSENT);
    assert_int_equal(rvu_find(l.tables, "71046", "26", 20240101, &r), LOOKUP_NO_EDITION);
    for (size_t n = 0; (i = tables_edition_at(l.tables, n)); n++)
        assert_false(holds(i, "SECRET"));
    loading_end(&l);
}

/* test_rvu_damaged - moved columns, sums, factors, years, cuts */
static void test_rvu_damaged(void **state)
{
    static const char name[] = "PPRRVU2026_Jan_nonQPP.csv";

    (void)state;
    refused(name, with(new_rvu, "IND,DAYS", "DAYS,IND"), "layout", "before it a header");
    refused(name, with(new_rvu, ",BASE,FACTOR", ",FACTOR,BASE"), "layout", "before it a header");
    refused(name, with(new_rvu, "1.30,1.45,,0.32", "1.45,1.30,,0.32"), "layout",
            "line 3: expected totals");
    refused(name, with(new_rvu, "A,,1.30,", "A,1.30,"), "layout", "line 3");
    refused(name, with(new_rvu, "2.85,1.72,0,XXX", "2.85,1.72,XXX,0"), "layout",
            "line 3: expected a PC/TC indicator");
    refused(name, with(new_rvu, ",090,", ",91,"), "layout", "line 4: expected global days");
    refused(name, with(new_rvu, "33.4009", "33.4010"), "layout",
            "line 4: expected the conversion factor");
    refused(name, with(new_rvu, "44950,,", "4495,,"), "layout", "line 4: expected a code");
    refused(name, with(new_rvu, "33.4009,09,0,99,0.00,0.00,0.00\r\n44950", "33.4009,09\r\n44950"),
            "layout", "line 3: expected 31 or 32 cells");
    refused(name, with(new_rvu, "0.09,0.81", "0.09,0.815"), "layout", "line 4: expected an intra");
    refused(name, with(new_rvu, "44950,,A", ",,A"), "layout", "line 4");
    refused(name,
            with(new_rvu, "0.09,0.81,0.10,2,0,2,1,0,1,,33.4009,09,0,99,0.00,0.00,0.00\r\n", "0.0"),
            "cut", "line 4: expected a line end: the file was cut");
    refused("PPRRVU2025_Jan_nonQPP.csv", new_rvu, "year", "the release of the name (2025");
    refused("PPRRVU2026_Jul_nonQPP.csv", new_rvu, "year", "month 7");
    refused("PPRRVU.csv", with(new_rvu, "2026 National", "National"), "year", "PPRRVU2026_Jan");
    refused(name, "garbage\n", "layout", "header");
}

/* txt - a data record of 200 columns */
static const char *txt(const char *code, const char *work, const char *total)
{
    static char line[204];

    memset(line, ' ', 200);
    memcpy(line, code, strlen(code));
    memcpy(line + 7, "A SECRET TEXT", 13);
    memcpy(line + 57, "A", 1);
    memcpy(line + 59, work, 6);
    memcpy(line + 66, "  0.08", 6);
    memcpy(line + 75, "  0.08NA", 8);
    memcpy(line + 84, " 0.02", 5);
    memcpy(line + 90, total, 6);
    memcpy(line + 96, total, 6);
    memcpy(line + 102, "1090.09.81.10", 13);
    memcpy(line + 115, "203010", 6);
    memcpy(line + 127, "43235 32.3465 01 0 99", 21);
    memcpy(line + 151, "  0.00   0.00", 13);
    memcpy(line + 200, "\r\n", 3);
    return line;
}

/* test_rvu_txt - the twin of 200 columns; the CSV wins where both come */
static void test_rvu_txt(void **state)
{
    char text[2048];
    struct loading l;

    (void)state;
    snprintf(text, sizeof(text),
             "HDR 2025 National Physician Fee Schedule Relative Value File\r\n%s",
             txt("7104626", "  0.22", "  0.32"));
    loading_begin(&l, NULL);
    took(&l, "PPRRVU2025_Oct.txt", text);
    loading_publish(&l);
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "post_percent"), "10");
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "global"), "090");
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "assistant"), "3");
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "endo_base"), "43235");
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "facility_na"), "Y");
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "supervision"), "01");
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "factor_ten_thousandths"), "323465");
    took(&l, "PPRRVU2025_Oct.txt", text);
    took(&l, "PPRRVU25_OCT.csv", old_rvu);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(rvu(&l, "71046", "26", 20251231, "global"), "XXX");
    loading_end(&l);
    refused("PPRRVU2025_Oct.txt", with(text, "7104626", "71046 2"), "layout",
            "line 2: expected a modifier");
    refused("PPRRVU2025_Oct.txt", with(text, "A SECRET", " A SECRET"), "layout", "line 2");
    refused("PPRRVU2025_Oct.txt", "HDR\r\n71046  x\r\n", "layout", "line 2: expected 200 columns");
    refused("PPRRVU2024_Oct.txt", text, "year", "2024");
}

static const char gpci[] =
    "ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY LOCALITY,,,,,,,\r\n"
    ",,,,,,,\r\nMedicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
    "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with 1.0 Floor)***,2026 PE GPCI,2026 MP "
    "GPCI\r\n2102,AK,1,ALASKA**,1.500,1.500,1.081,0.592\r\n06302,WI,00,\"WISCONSIN, ALL\",0.982,"
    "1.000,0.957,0.331\r\n,,,,,,,\r\n*** A note,,,,,,,\r\n";

/* test_gpci - columns by header, floors, footnotes, zeros that a spreadsheet took */
static void test_gpci(void **state)
{
    static const char older[] = "x\r\nMAC,Locality Number,Locality Name,2020 PW GPCI,2020 PE "
                                "GPCI,2020 MP GPCI\r\n10112,00,ALABAMA,1,0.869,0.575\r\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    took(&l, "GPCI2026.csv", gpci);
    took(&l, "rvu26b.zip/GPCI2026.csv", with(gpci, "0.331", "0.332"));
    took(&l, "GPCI2020.csv", older);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_GPCI, "02102", "01", 20260101, "name"), "ALASKA");
    assert_string_equal(asked(l.tables, TABLE_GPCI, "06302", "00", 20260331, "work_thousandths"),
                        "1000");
    assert_string_equal(
        asked(l.tables, TABLE_GPCI, "06302", "00", 20260331, "work_no_floor_thousandths"), "982");
    assert_string_equal(
        asked(l.tables, TABLE_GPCI, "06302", "00", 20260331, "malpractice_thousandths"), "331");
    assert_string_equal(
        asked(l.tables, TABLE_GPCI, "06302", "00", 20260401, "malpractice_thousandths"), "332");
    assert_string_equal(asked(l.tables, TABLE_GPCI, "10112", "00", 20201231, "pe_thousandths"),
                        "869");
    assert_string_equal(asked(l.tables, TABLE_GPCI, "10112", "00", 20210101, "pe_thousandths"),
                        "(no edition)");
    loading_end(&l);
    refused("GPCI2025.csv", gpci, "year", "2025");
    refused("GPCI2026.csv", with(gpci, "2026 MP GPCI", "2026 PE GPCI"), "layout", "header");
    refused("GPCI2026.csv", with(gpci, "0.957,0.331", "0.957"), "layout", "line 5");
    refused("GPCI2026.csv", with(gpci, "1.000,0.957", "1.000,0.9571"), "layout",
            "line 5: expected indices");
    refused("GPCI2026.csv", with(gpci, "2102,AK,1", "AK,2102,1"), "layout",
            "line 4: expected a contractor");
}

static const char opps[] =
    "Addendum B.-Final OPPS Payment by HCPCS Code for CY 2026,,,,,,,\r\nCPT codes only\xAE are "
    "copyright 2025,,,,,,,\r\n,,,,,,,\r\nHCPCS Code,Short Descriptor,SI,APC ,Relative Weight,"
    "Payment Rate ,\"National\nUnadjusted Copayment\",Minimum Unadjusted Copayment\r\n"
    "G0463,A SECRET TEXT,J2,5012,1.4879,$136.02 ,,$27.21 \r\n"
    "44950,\"A SECRET, TEXT\",J1,5341,37.4,\"$3,418.92\",,$683.79 \r\n36415,A SECRET "
    "TEXT,N,,,,,\r\n"
    "J9035,A SECRET TEXT,K,9214,,$70.561,,$14.112\r\n";

/* test_opps - money, blanks, quarters */
static void test_opps(void **state)
{
    static const char named[] = "HCPCSCode,ShortDescriptor,StatusIndicator,PaymentRate\n"
                                "G0463,A SECRET TEXT,J2,136.02\nA0021,x,E1,\n";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    took(&l, "2026 January Addendum B.12302025.csv", with(opps, "5012", "5011"));
    took(&l, "july-2026.zip/508 Version/July 2026 Addendum B.07012026.csv", opps);
    took(&l, "opps_addendum_b_2025-04_hcpcs2.csv", named);
    loading_publish(&l);
    assert_int_equal(l.refused, 0);
    assert_string_equal(asked(l.tables, TABLE_OPPS, "G0463", NULL, 20260630, "apc"), "5011");
    assert_string_equal(asked(l.tables, TABLE_OPPS, "G0463", NULL, 20260701, "apc"), "5012");
    assert_string_equal(asked(l.tables, TABLE_OPPS, "44950", NULL, 20260701, "rate_mills"),
                        "3418920");
    assert_string_equal(asked(l.tables, TABLE_OPPS, "J9035", NULL, 20260701, "rate_mills"),
                        "70561");
    assert_string_equal(asked(l.tables, TABLE_OPPS, "36415", NULL, 20260701, "status"), "N");
    assert_string_equal(asked(l.tables, TABLE_OPPS, "36415", NULL, 20260701, "rate_mills"), "");
    assert_string_equal(asked(l.tables, TABLE_OPPS, "G0463", NULL, 20250401, "rate_mills"),
                        "136020");
    loading_end(&l);
    refused("July 2025 Addendum B.csv", opps, "year", "2025");
    refused("Addendum B.csv", with(opps, "for CY 2026", ""), "year", "expected year");
    refused("July 2026 Addendum B.csv", with(opps, "SI,APC ", "SI,SI "), "layout", "header");
    refused("July 2026 Addendum B.csv", with(opps, "J2,5012", "5012,J2"), "layout",
            "line 6: expected a status");
    refused("July 2026 Addendum B.csv", with(opps, "$136.02 ", "x136.02"), "layout",
            "line 6: expected an amount");
    refused("July 2026 Addendum B.csv", with(opps, "$14.112\r\n", "$14"), "cut",
            "the file was cut");
}

static const char ndc[] =
    "July 2026 ASP NDC-HCPCS Crosswalk,,,,,,,,,\r\n"
    "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,"
    "BILLUNITS,BILLUNITSPKG\r\n"
    "J9035,A SECRET TEXT,L,50242-0061-01,X,10 MG,16,1,40,40\r\n"
    "J1885,A SECRET TEXT,L,00409-3795-01,X,15 MG,1,25,0.5,12.5\r\n"
    "J1885,A SECRET TEXT,L,00409-3795-02,X,15 MG,1,25,0.33333,1\r\n";

/* test_ndc - hyphens off, units in thousandths, what is finer is left out */
static void test_ndc(void **state)
{
    static const char name[] = "July 2026 ASP NDC-HCPCS Crosswalk.csv";
    struct loading l;

    (void)state;
    loading_begin(&l, NULL);
    took(&l, name, ndc);
    loading_publish(&l);
    assert_string_equal(
        asked(l.tables, TABLE_NDC_HCPCS, "50242006101", "J9035", 20260701, "per_item_thousandths"),
        "40000");
    assert_string_equal(asked(l.tables, TABLE_NDC_HCPCS, "00409379501", "J1885", 20260701,
                              "per_package_thousandths"),
                        "12500");
    assert_string_equal(
        asked(l.tables, TABLE_NDC_HCPCS, "00409379502", "J1885", 20260701, "per_item_thousandths"),
        "");
    assert_string_equal(
        asked(l.tables, TABLE_NDC_HCPCS, "50242006101", "J9035", 20260630, "dosage"),
        "(no edition)");
    loading_end(&l);
    refused("July 2025 ASP NDC-HCPCS Crosswalk.csv", ndc, "year", "2025");
    refused(name, with(ndc, "_2026_CODE", "HCPCS"), "layout", "_YYYY_CODE");
    refused(name, with(ndc, "J9035,", "J90,"), "layout", "line 3: expected a code");
    refused(name, with(ndc, "50242-0061-01", "50242-061-01"), "layout", "5-4-2");
    refused(name, with(ndc, ",12.5\r\n", "\r\n"), "layout", "line 4");
    refused(name, with(ndc, "0.33333,1\r\n", "0.3"), "cut", "the file was cut");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rvu),     cmocka_unit_test(test_rvu_damaged),
        cmocka_unit_test(test_rvu_txt), cmocka_unit_test(test_gpci),
        cmocka_unit_test(test_opps),    cmocka_unit_test(test_ndc),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
