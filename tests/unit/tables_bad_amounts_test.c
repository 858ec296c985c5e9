/* tables_bad_amounts_test.c - fee schedules at their boundaries: what must be said of a file that
 * is none of its layout, and what comes of one that only just is; the release that a name tells,
 * and numbers */
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <stdio.h>

#define N(a) (sizeof(a) / sizeof((a)[0]))

#define RVU_TITLE ",,2026 National Physician Fee Schedule Relative Value File January Release\r\n"
#define RVU_START                                                                                  \
    "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,"    \
    "IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,"
#define RVU_END "PROCEDURES,FLAG,FAMILY INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n"
#define RVU_HEAD RVU_TITLE RVU_START "IND,BASE,FACTOR," RVU_END
/* A row in its parts: to the status, RVUs, indicators, from the endoscopic base on. */
#define RVUS ",,1.30,1.45,,0.32,,0.10,2.85,1.72"
#define MARKS ",0,XXX,0.00,0.00,0.00,0,0,0,0,0,1"
#define REST ",,33.4009,09,0,99,0.00,0.00,0.00\r\n"
#define RVU_ROW "99213,,x,A" RVUS MARKS REST

/* test_rvu_rows - every kind of field, totals, the factor */
static void test_rvu_rows(void **state)
{
    static const char name[] = "PPRRVU2026_Jan_nonQPP.csv";
    static const struct bad_file bad[] = {
        {name, RVU_HEAD "9921,,x,A" RVUS MARKS REST, "layout", "line 3: expected a code of five"},
        {name, RVU_HEAD "99213,2,x,A" RVUS MARKS REST, "layout",
         "line 3: expected a modifier of two"},
        {name, RVU_HEAD "99213,,x," RVUS MARKS REST, "layout", "line 3: expected a status of one"},
        {name, RVU_HEAD "99213,,x,1" RVUS MARKS REST, "layout", "line 3: expected a status of one"},
        {name, RVU_HEAD "99213,,x,a" RVUS MARKS REST, "layout", "line 3: expected a status of one"},
        {name, RVU_HEAD "99213,,x,A" RVUS ",0,XXX,0.00,0.00,0.00,x,0,0,0,0,1" REST, "layout",
         "line 3: expected a multiple procedure indicator"},
        {name, RVU_HEAD "99213,,x,A" RVUS MARKS ",4323,33.4009,09,0,99,0.00,0.00,0.00\r\n",
         "layout", "line 3: expected an endoscopic base code"},
        {name, RVU_HEAD "99213,,x,A" RVUS MARKS ",,33.4009,091,0,99,0.00,0.00,0.00\r\n", "layout",
         "line 3: expected a supervision level"},
        {name, RVU_HEAD "99213,,x,A" RVUS MARKS ",,33.4009,0-,0,99,0.00,0.00,0.00\r\n", "layout",
         "line 3: expected a supervision level"},
        {name, RVU_HEAD "99213,,x,A,,1.30,1.45,N,0.32,,0.10,2.85,1.72" MARKS REST, "layout",
         "line 3: expected NA or nothing"},
        {name, RVU_HEAD "99213,,x,A,,1.3x,1.45,,0.32,,0.10,2.85,1.72" MARKS REST, "layout",
         "line 3: expected a work RVU of two decimals"},
        {name, RVU_HEAD "99213,,x,A" RVUS MARKS ",,33.40091,09,0,99,0.00,0.00,0.00\r\n", "layout",
         "line 3: expected a conversion factor of four"},
        {name, RVU_HEAD "99213,,x,A,,1.30,1.45,,0.32,,0.10,2.87,1.72" MARKS REST, "layout",
         "line 3: expected totals that are the sum"},
        {name, RVU_HEAD "99213,,x,A,,1.30,1.45,,0.32,,0.10,2.85,1.70" MARKS REST, "layout",
         "line 3: expected totals that are the sum"},
        {name, RVU_HEAD RVU_ROW "99214,,x,A" RVUS MARKS ",,33.4008,09,0,99,0.00,0.00,0.00\r\n",
         "layout", "line 4: expected the conversion factor of the rows before"},
        {name, RVU_HEAD "99213,,x,\"A\r\n", "layout", "line 3: a quoted cell does not end"},
    };
    static const struct good_file good[] = {
        /* a hundredth is rounding; an empty part cannot be added up */
        {name, RVU_HEAD "99213,,x,A,,1.30,1.45,,0.32,,0.10,2.86,1.71" MARKS REST, TABLE_RVU,
         "99213", "-", 20260101, "nonfacility_total_hundredths", "286"},
        {name, RVU_HEAD "99213,,x,A,,,1.45,,0.32,,0.10,2.86,9.99" MARKS REST, TABLE_RVU, "99213",
         "-", 20260101, "facility_total_hundredths", "999"},
        {name, RVU_HEAD "99213,TC,x,Z" RVUS ",,,,,,,,,,," REST, TABLE_RVU, "99213", "TC", 20260101,
         "status", "Z"},
        /* a row without a factor, or with none to speak of, does not set it */
        {name,
         RVU_HEAD "99211,,x,A" RVUS MARKS ",,,,,,,,\r\n"
                  "99212,,x,A" RVUS MARKS ",,0.0000,09,0,99,0.00,0.00,0.00\r\n" RVU_ROW RVU_ROW,
         TABLE_RVU, "99213", "-", 20260101, "factor_ten_thousandths", "334009"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define NAMED                                                                                      \
    "hcpcs_code,mod,status,pctc,glob,pre_op,intra_op,post_op,mult_proc,bilat_surg,asst_surg,"      \
    "co_surg,team_surg,endo_base,phys_diag_pro,diag_img_fam,non_na,fac_na,rvu_work,rvu_non_pe,"    \
    "rvu_fac_pe,rvu_mp,rvu_non_sum,rvu_fac_sum,rvu_opps_non_pe,rvu_opps_fac_pe,rvu_opps_mp"
#define NAMED_ROW                                                                                  \
    "G0101,,A,0,XXX,0,0,0,0,0,0,0,0,,09,99,,,0.45,0.65,0.30,0.05,1.15,0.80,0.00,0.00,0.00,"        \
    "33.2875\n"

/* test_rvu_files - headers of either kind, the twin of 200 columns, the release */
static void test_rvu_files(void **state)
{
    static const char name[] = "PPRRVU2026_Jan_nonQPP.csv", named[] = "2024_rvu_indicators.csv";
    static const struct bad_file bad[] = {
        {name, RVU_TITLE RVU_START "IND,CODE,FACTOR," RVU_END RVU_ROW, "layout",
         "expected before it a header HCPCS, MOD"},
        {name, RVU_TITLE RVU_START "IND,BASE,CODE," RVU_END RVU_ROW, "layout",
         "expected before it a header HCPCS, MOD"},
        {name,
         RVU_TITLE RVU_START "IND,BASE,FACTOR,PROCEDURES,FLAG,FAMILY INDICATOR,AMOUNT,AMOUNT\r\n",
         "layout", "expected before it a header HCPCS, MOD"},
        {name, RVU_TITLE "\"HCPCS\r\n", "layout", "line 2: a quoted cell does not end"},
        {name, "HCPCS,MOD,DESCRIPTION\r\n", "layout", "expected before it a header HCPCS, MOD"},
        {name,
         RVU_TITLE "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n"
                   "21\n22\n23\n24\n25\n26\n27\n28\n29\n30\n",
         "layout", "line 30: expected before it a header HCPCS, MOD"},
        {named, "hcpcs_code,mod,status,pctc,glob\n", "layout", "expected before it a header HCPCS"},
        {named, "hcpcs_code,mod,status,pctc,glob,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20\n",
         "layout", "expected before it a header HCPCS"},
        {named,
         "hcpcs_code,mod,status,pctc,glob,6,7,8,9,10,11,12,13,14,15,16,17,18,19\n" NAMED
         ",factor\n" NAMED_ROW,
         "layout", "expected before it a header HCPCS"},
        {"PPRRVU2026_Jan.txt", "HDR\r\n\r\n99213  x\r\n", "layout", "line 3: expected 200 columns"},
        {"PPRRVU2026_Jan.txt", "HD\n", "layout", "expected before it a header HCPCS, MOD"},
        {"x.txt", "HDR\r\n", "layout", "line 1: expected a file of one of the tables"},
    };
    static const struct good_file good[] = {
        {"x.csv", RVU_TITLE RVU_START "IND,BASE,FACTOR," RVU_END RVU_ROW, TABLE_RVU, "99213", "-",
         20260101, "global", "XXX"},
        {"rvu26a.csv", RVU_START "IND,BASE,FACTOR," RVU_END RVU_ROW, TABLE_RVU, "99213", "-",
         20260101, "global", "XXX"},
        {named, NAMED ",cf\n" NAMED_ROW, TABLE_RVU, "G0101", "-", 20240101, "calculation", ""},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define GPCI "MAC,State,Locality,Locality Name,2026 PW GPCI,2026 PE GPCI,2026 MP GPCI\r\n"

/* test_gpci - contractors, localities, states, indices; a header that says a column twice */
static void test_gpci(void **state)
{
    static const char name[] = "GPCI2026.csv";
    static const struct bad_file bad[] = {
        {name, GPCI ",AK,01,ALASKA,1.5,1.08,0.6\r\n", "layout", "line 2: expected a contractor of"},
        {name, GPCI "102102,AK,01,ALASKA,1.5,1.08,0.6\r\n", "layout",
         "line 2: expected a contractor"},
        {name, GPCI "2102,AK,101,ALASKA,1.5,1.08,0.6\r\n", "layout", "and a locality of two"},
        {name, GPCI "2102,AK,A1,ALASKA,1.5,1.08,0.6\r\n", "layout", "and a locality of two"},
        {name, GPCI "2102,AKA,01,ALASKA,1.5,1.08,0.6\r\n", "layout", "a state of two letters"},
        {name, GPCI "2102,AK,01,ALASKA,,1.08,0.6\r\n", "layout",
         "line 2: expected contractor, local"},
        {name, GPCI "2102,AK,01,ALASKA,1.5,,0.6\r\n", "layout",
         "line 2: expected contractor, local"},
        {name, GPCI "2102,AK,01,ALASKA,1.5,1.08\r\n", "layout",
         "line 2: expected contractor, local"},
        {name, GPCI "2102,AK,01,ALASKA,x,1.08,0.6\r\n", "layout", "indices of three decimals"},
        {name, GPCI "2102,AK,01,ALASKA,1.5,\"1.08\r\n", "layout",
         "line 2: a quoted cell does not end"},
        {name, "GPCI\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n" GPCI, "layout",
         "line 12: expected before it a header with MAC"},
        {name, "MAC,State,Locality,Locality Name,2026 PW GPCI,2026 PE GPCI\r\n", "layout",
         "expected before it a header with MAC"},
        {name, "GPCI,\"\r\n", "layout", "line 1: a quoted cell does not end"},
    };
    static const struct good_file good[] = {
        {name, GPCI "2102,,1,***,1.5,1.08,0.6\r\nA note\r\n", TABLE_GPCI, "02102", "01", 20260101,
         "name", ""},
        {name, GPCI "02102,AK,01,ALASKA *,1.5,1.08,0.6\r\n,,,a note,,,\r\n", TABLE_GPCI, "02102",
         "01", 20260101, "name", "ALASKA"},
        {name,
         "MAC,Locality,Locality Name,2026 PW GPCI (no floor),2026 PW GPCI,2026 PE GPCI,"
         "2026 MP GPCI\r\n02102,01,ALASKA,0.9,1.0,1.08,0.6\r\n",
         TABLE_GPCI, "02102", "01", 20260101, "work_no_floor_thousandths", "900"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define OPPS "HCPCS Code,SI,APC,Relative Weight,Payment Rate\r\n"
#define OPPS_PART "HCPCSCode,StatusIndicator,PaymentRate\n"
#define OPPS_ROW OPPS_PART "G0463,J2,136.02\n"

/* test_opps - codes, statuses, groups, weights, amounts */
static void test_opps(void **state)
{
    static const char name[] = "April 2026 Addendum B.csv";
    static const struct bad_file bad[] = {
        {name, OPPS "G046,J2,5012,1,1\r\n", "layout", "line 2: expected a code of five characters"},
        {name, OPPS "G0463,,5012,1,1\r\n", "layout", "line 2: expected a status indicator"},
        {name, OPPS "G0463,J12,5012,1,1\r\n", "layout", "line 2: expected a status indicator"},
        {name, OPPS "G0463,1J,5012,1,1\r\n", "layout", "line 2: expected a status indicator"},
        {name, OPPS "G0463,J-,5012,1,1\r\n", "layout", "line 2: expected a status indicator"},
        {name, OPPS "G0463,J2,501200,1,1\r\n", "layout", "line 2: expected an APC of digits"},
        {name, OPPS "G0463,J2,50A2,1,1\r\n", "layout", "line 2: expected an APC of digits"},
        {name, OPPS "G0463,J2,5012,1.23456,1\r\n", "layout", "line 2: expected a relative weight"},
        {name, OPPS "G0463,J2,5012,1,1.2345\r\n", "layout", "line 2: expected an amount such as"},
        {name, OPPS "G0463,J2,5012,1,\"1\r\n", "layout", "line 2: a quoted cell does not end"},
        {name, "HCPCS Code,APC,Payment Rate\r\n", "layout", "expected before it a header HCPCS"},
        {name, "HCPCS Code,SI,APC\r\n", "layout", "expected before it a header HCPCS Code, Short"},
        {name, "Short,SI,Payment Rate\r\n", "layout", "expected before it a header HCPCS Code"},
        {name, "HCPCS Code,SI,Payment Rate,PaymentRate\r\n", "layout",
         "expected before it a header"},
    };
    static const struct good_file good[] = {
        {name,
         "HCPCS Code,SI,APC,\"Relative\t Weight\",\"Payment\r\n\nRate\",x\r\n"
         "G0463,J2,,,136.02,x\r\n",
         TABLE_OPPS, "G0463", NULL, 20260401, "rate_mills", "136020"},
        {name, "HCPCS Code,SI,APC,Payment Rate\r\nG0463,J2,5012,136.02\r\n", TABLE_OPPS, "G0463",
         NULL, 20260401, "apc", "5012"},
        {name, OPPS ",,,,,a note\r\n , \r\nG0463,J2\r\n", TABLE_OPPS, "G0463", NULL, 20260401,
         "rate_mills", ""},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_numbers - as amounts are written; thousandths at most */
static void test_numbers(void **state)
{
    static const struct {
        const char *cell, *mills; /* NULL: none */
    } rows[] = {
        {"136.02", "136020"},
        {"\"$1,234.50 \"", "1234500"},
        {"$ .5", "500"},
        {"1.23000", "1230"},
        {"7.", "7000"},
        {"123456789012", "123456789012000"},
        {"", ""},
        {"1234567890123", NULL},
        {"\",5\"", NULL},
        {"\"1.5,0\"", NULL},
        {"1.2.3", NULL},
        {"1.2345", NULL},
        {"$", NULL},
        {".", NULL},
        {"1:0", NULL},
        {"-1", NULL},
        {"$$1", NULL},
        {"1 2", NULL},
    };
    char text[256];

    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        snprintf(text, sizeof(text), "%sG0463,J2,%s\n", OPPS_PART, rows[i].cell);
        if (!rows[i].mills) {
            refused("addendum_b_2026.csv", text, "layout", "line 2: expected an amount");
        } else {
            const struct good_file f = {
                "addendum_b_2026.csv", text,         TABLE_OPPS, "G0463", NULL, 20260101,
                "rate_mills",          rows[i].mills};

            taken_each(&f, 1);
        }
    }
}

/* test_release - year and month as names of files, archives and folders give them */
static void test_release(void **state)
{
    static const struct {
        const char *name;
        int32_t starts; /* 0: the name tells no year */
    } rows[] = {
        {"addendum_b_2025.csv", 20250101},
        {"addendum_b_2025-04.csv", 20250401},
        {"addendum_b_2025_12_x.csv", 20251001},
        {"addendum_b_2025-123.csv", 20250101},
        {"addendum_b_2025-13.csv", 20250101},
        {"addendum_b_2025-00.csv", 20250101},
        {"addendum_b_2025-x1.csv", 20250101},
        {"addendum_b_2025 04.csv", 20250101},
        {"addendum_b_2025", 20250101},
        {"x/2025-04/addendum_b.csv", 20250401},
        {"2025/july/addendum_b.csv", 20250701},
        {"2025/a/b/addendum_b.csv", 0},
        {"SEPT_sep_2025.csv", 20250701},
        {"{july}~2025.csv", 20250701},
        {"april_2025-07.csv", 20250401},
        {"2025_2026.csv", 20250101},
        {"07012026.csv", 20260701},
        {"13012026.csv", 20260101},
        {"00012026.csv", 20260101},
        {"January 07012026.csv", 20260101},
        {"2025 07012026.csv", 20250101},
        {"01011989.csv", 0},
        {"01012100.csv", 0},
        {"addendum_b_1989.csv", 0},
        {"addendum_b_2100.csv", 0},
        {"addendum_b_20250.csv", 0},
        {"rvu26b/x.csv", 20260401},
        {"rvu26", 20260101},
        {"rvu26x/x.csv", 20260101},
        {"rvu26D_rvu25a/x.csv", 20261001},
        {"rvu2026/x.csv", 20260101},
    };

    (void)state;
    for (size_t i = 0; i < N(rows); i++) {
        struct loading l;

        if (!rows[i].starts) {
            refused(rows[i].name, OPPS_ROW, "year", "expected year and month in the name");
            continue;
        }
        loading_begin(&l, NULL);
        if (loading_add(&l, rows[i].name, OPPS_ROW) != LOAD_TAKEN)
            fail_msg("%s: %s", rows[i].name, l.last.text);
        loading_publish(&l);
        if (tables_edition_at(l.tables, 0)->from != rows[i].starts)
            fail_msg("%s: from %d", rows[i].name, tables_edition_at(l.tables, 0)->from);
        loading_end(&l);
    }
}

/* test_title - the line of the title may speak of the year, the month, or both */
static void test_title(void **state)
{
    static const struct bad_file bad[] = {
        {"April 2025.csv", "Addendum B 2026\n" OPPS_ROW, "year", "the release of the name (2025"},
        {"April 2026.csv", "July 2026 ADDENDUM B\n" OPPS_ROW, "year",
         "month 4), not 2026, month 7"},
        {"April.csv", "Addendum B\n" OPPS_ROW, "year", "expected year and month"},
    };
    static const struct good_file good[] = {
        {"April 2026.csv", "x Addendum B May\n" OPPS_ROW, TABLE_OPPS, "G0463", NULL, 20260401,
         "status", "J2"},
        {"April.csv", "Addendum B 2026\n" OPPS_ROW, TABLE_OPPS, "G0463", NULL, 20260401, "status",
         "J2"},
        {"x.csv", "Addendum B April 2026\n" OPPS_ROW, TABLE_OPPS, "G0463", NULL, 20260401, "status",
         "J2"},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

#define NDC                                                                                        \
    "July 2026 ASP NDC-HCPCS Crosswalk,,,,,,,,,\r\n"                                               \
    "_2026_CODE,Short,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG "                      \
    "QTY,BILLUNITS,UNITS\r\n"

/* test_ndc - ten cells, codes, NDCs of 5-4-2 but for a few, units */
static void test_ndc(void **state)
{
    static const char name[] = "July 2026 ASP NDC-HCPCS Crosswalk.csv";
    static const struct bad_file bad[] = {
        {name, NDC "J9035,t,L,50242-0061-01,X,10 MG,16,1,40\r\n", "layout", "line 3: expected ten"},
        {name, NDC "J9035\r\n", "layout", "line 3: expected ten cells"},
        {name, NDC ",t,L,50242-0061-01,X,10 MG,16,1,40,40\r\n", "layout",
         "line 3: expected a code"},
        {name, NDC "J903-,t,L,50242-0061-01,X,10 MG,16,1,40,40\r\n", "layout", "a code of five"},
        {name, NDC "J9035,t,L,50242-0061-1,X,10 MG,16,1,40,40\r\n", "layout", "of the form 5-4-2"},
        {name, NDC "J9035,t,L,50242x0061-01,X,10 MG,16,1,40,40\r\n", "layout", "the form 5-4-2"},
        {name, NDC "J9035,t,L,50242-0061x01,X,10 MG,16,1,40,40\r\n", "layout", "the form 5-4-2"},
        {name, NDC "J9035,t,L,5024x-0061-01,X,10 MG,16,1,40,40\r\n", "layout", "the form 5-4-2"},
        {name, NDC "J9035,t,L,50242-006x-01,X,10 MG,16,1,40,40\r\n", "layout", "the form 5-4-2"},
        {name, NDC "J9035,t,L,50242-0061-0x,X,10 MG,16,1,40,40\r\n", "layout", "the form 5-4-2"},
        {name, NDC "J9035,t,L,\"50242\r\n", "layout", "line 3: a quoted cell does not end"},
        {name, "_2026_CODE,1,2,3,4,5,6,7,8\r\n", "layout", "a header of ten cells"},
        {name, "_2026_CODES,1,2,3,4,5,6,7,8,9\r\n", "layout", "a header of ten cells"},
        {name, "-2026_CODE,1,2,3,4,5,6,7,8,9\r\n", "layout", "a header of ten cells"},
        {name, "_202x_CODE,1,2,3,4,5,6,7,8,9\r\n", "layout", "a header of ten cells"},
        {name, "_2026-CODE,1,2,3,4,5,6,7,8,9\r\n_CODE\r\n", "layout", "a header of ten cells"},
    };
    static const struct good_file good[] = {
        {name, NDC " ,\r\n,,, \r\nJ9035,t,L,50242-0061-01,X,10 MG,16,1,,x\r\n", TABLE_NDC_HCPCS,
         "50242006101", "J9035", 20260701, "per_item_thousandths", ""},
        {name, NDC "J9035,t,L,50242-0061-01,X,10 MG,16,1,40,x\r\n", TABLE_NDC_HCPCS, "50242006101",
         "J9035", 20260701, "per_package_thousandths", ""},
    };

    (void)state;
    refused_each(NULL, bad, N(bad));
    taken_each(good, N(good));
}

/* test_ndc_devices - one row in a hundred may have another kind of number, and gives no row */
static void test_ndc_devices(void **state)
{
    static const char device[] = "J9035,t,L,a device,X,10 MG,16,1,40,40\r\n";
    char text[12000] = NDC;
    struct good_file f = {"July 2026.csv", text,     TABLE_NDC_HCPCS, "50242006198",
                          "J9035",         20260701, "dosage",        "10 MG"};

    (void)state;
    for (int i = 0; i < 99; i++)
        snprintf(text + strlen(text), sizeof(text) - strlen(text),
                 "J9035,t,L,50242-0061-%02d,X,10 MG,16,1,40,40\r\n", i);
    strncat(text, device, sizeof(text) - strlen(text) - 1);
    taken_each(&f, 1);
    strncat(text, device, sizeof(text) - strlen(text) - 1);
    refused("July 2026.csv", text, "layout", "but for one row in a hundred");
}

/* main - all of them */
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rvu_rows),    cmocka_unit_test(test_rvu_files),
        cmocka_unit_test(test_gpci),        cmocka_unit_test(test_opps),
        cmocka_unit_test(test_numbers),     cmocka_unit_test(test_release),
        cmocka_unit_test(test_title),       cmocka_unit_test(test_ndc),
        cmocka_unit_test(test_ndc_devices),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
