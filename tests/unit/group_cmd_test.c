/* group_cmd_test.c - cleanclaim group on an 837I, over the small version: a line a claim, reasons,
 * refusals */
#include "tests/support/drg.h"
#include "tests/support/folder.h"
#include "tests/support/loading.h"
#include "tests/support/test.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "common/tables/msdrg.h"
#include "services/cleanclaim/cmd.h"

static char dir[200], tables[220], claims[220];

/* write_edition - as a snapshot in the folder */
static void write_edition(const struct edition_info *i)
{
    struct snapshot_head h = {.table = i->table};
    struct err e = {0};
    struct buf b;
    char name[256];

    str_copy(h.edition, sizeof(h.edition), i->edition);
    snapshot_file_name(&h, i->sha256, name, sizeof(name));
    buf_init(&b);
    edition_write(i, &b);
    assert_int_equal(file_write(tables, name, b.data, b.len, &e), 0);
    buf_release(&b);
}

/* write_tables - the small version, and what the editor says of its codes, as a folder of snapshots
 */
static void write_tables(void)
{
    static const char flags[] = "# code\tvalid_from\tvalid_to\tflags\n"
                                "F1010\t20151001\t\tunacceptable\n"
                                "W1830XA\t20151001\t\tecodepdx\n";
    struct loading l;
    struct err e = {0};
    char name[256];

    loading_begin(&l, NULL);
    for (size_t k = 0; drg_files[k].name; k++) {
        snprintf(name, sizeof(name), "v431/%s", drg_files[k].name);
        assert_int_equal(loading_add(&l, name, drg_files[k].text), LOAD_TAKEN);
    }
    assert_int_equal(loading_add(&l, "icd10_dx_flags.tsv", flags), LOAD_TAKEN);
    loading_publish(&l);
    assert_int_equal(file_make_dirs(tables, &e), 0);
    for (size_t k = 0; tables_edition_at(l.tables, k); k++)
        write_edition(tables_edition_at(l.tables, k));
    loading_end(&l);
}

/* write_claims - one set of claims; `body` begins at the CLM */
static void write_claims(const char *body)
{
    struct buf b;
    struct err e = {0};

    buf_init(&b);
    buf_adds(&b,
             "ISA*00*          *00*          *ZZ*S1             *ZZ*R1             *260101*1000*^*"
             "00501*000000001*0*P*:~GS*HC*S1*R1*20260101*1000*1*X*005010X223A2~"
             "ST*837*0001*005010X223A2~BHT*0019*00*1*20260101*1000*CH~NM1*41*2*S*****46*S1~"
             "PER*IC*A*TE*5551234567~NM1*40*2*R*****46*R1~HL*1**20*1~PRV*BI*PXC*282N00000X~"
             "NM1*85*2*HOSPITAL*****XX*1455555023~N3*1 ST~N4*SPRINGTOWN*OH*441010001~"
             "REF*EI*123456789~HL*2*1*22*0~SBR*P*18*******MA~NM1*IL*1*DOE*JO****MI*1EG4TE5MK73~"
             "N3*1 ELM~N4*CITY*OH*44101~DMG*D8*19500101*F~NM1*PR*2*MEDICARE*****PI*99901~");
    buf_adds(&b, body);
    buf_adds(&b, "SE*99*0001~GE*1*1~IEA*1*000000001~");
    assert_int_equal(file_write(dir, "claims.837", b.data, b.len, &e), 0);
    buf_release(&b);
}

/* group - the command's lines; its exit code */
static int group(const char *version, struct buf *out)
{
    char *argv[] = {(char[]){"group"},
                    (char[]){"--json"},
                    (char[]){"--tables"},
                    tables,
                    claims,
                    (char[]){"--drg-version"},
                    (char[]){"43.1"},
                    NULL};
    char path[] = "/tmp/group_cmd_XXXXXX";
    const int file = mkstemp(path), err = open("/dev/null", O_WRONLY), keep = dup(1),
              keep_err = dup(2);
    struct err e = {0};
    int code;

    if (version)
        snprintf(argv[6], 5, "%s", version);
    fflush(stdout);
    dup2(file, 1);
    dup2(err, 2);
    code = cmd_group(version ? 7 : 5, argv);
    fflush(stdout);
    dup2(keep, 1);
    dup2(keep_err, 2);
    close(file), close(err), close(keep), close(keep_err);
    buf_init(out);
    assert_int_equal(file_read(path, 1 << 20, out, &e), 0);
    unlink(path);
    return code;
}

/* line_of - the n-th line as JSON */
static json_t *line_of(const struct buf *b, size_t n)
{
    const char *p = b->data;
    json_t *o;

    while (p && n--)
        p = strchr(p, '\n') ? strchr(p, '\n') + 1 : NULL;
    o = p ? json_loads(p, JSON_DISABLE_EOF_CHECK, NULL) : NULL;
    assert_non_null(o);
    return o;
}

/* text - of a member, "(null)" when it is none */
static const char *text(const json_t *o, const char *name)
{
    const char *s = json_string_value(json_object_get(o, name));

    return s ? s : "(null)";
}

#define CLM(id, type, status)                                                                      \
    "CLM*" id "*100***" type ":A:1**A*Y*Y~DTP*434*RD8*20260501-20260503~DTP*435*DT*202605011000~"  \
    "CL1*1*1*" status "~"
#define END "NM1*71*1*DOC*A****XX*1455555023~LX*1~SV2*0120**100*UN*1~DTP*472*D8*20260501~"

/* test_lines - ABK, ABF and ABN joined; what each code did; an outpatient claim has no line */
static void test_lines(void **state)
{
    struct buf b;
    json_t *o, *dx;

    (void)state;
    write_claims(
        CLM("A1", "11",
            "01") "HI*ABK:I5020:::::::Y~HI*ABN:W1830XA:::::::Y~"
                  "HI*ABF:J9601:::::::N*ABF:I5021:::::::Y~"
                  "HI*BBR:0DTJ4ZZ:D8:20260501~" END CLM("A2", "13", "01") "HI*ABK:I5020~" END CLM(
                      "A3", "11", "20") "HI*ABK:I5020~HI*ABF:T8131XA:::::::N~" END);
    assert_int_equal(group(NULL, &b), 0);
    o = line_of(&b, 0);
    assert_string_equal(text(o, "claim"), "A1");
    assert_string_equal(text(o, "drg"), "989");
    assert_string_equal(text(o, "version"), "43.1");
    assert_string_equal(text(o, "medical_surgical"), "surgical");
    assert_int_equal(json_integer_value(json_object_get(o, "mdc")), 5);
    assert_true(json_is_null(json_object_get(o, "weight")));
    dx = json_object_get(o, "diagnoses");
    assert_int_equal(json_array_size(dx), 4);
    assert_string_equal(text(json_array_get(dx, 3), "code"), "I50.21");
    assert_string_equal(text(json_array_get(dx, 3), "severity"), "MCC");
    assert_string_equal(text(json_array_get(dx, 3), "excluded_by"), "I5020");
    dx = json_object_get(o, "what_if");
    assert_int_equal(json_array_size(dx), 4);
    assert_string_equal(text(json_array_get(dx, 3), "without"), "0DTJ4ZZ");
    assert_string_equal(text(json_array_get(dx, 3), "drg"), "291");
    json_decref(o);
    o = line_of(&b, 1);
    assert_string_equal(text(o, "claim"), "A3");
    assert_string_equal(text(o, "initial_drg"), "292");
    assert_string_equal(text(o, "drg"), "293");
    dx = json_array_get(json_object_get(o, "diagnoses"), 1);
    assert_int_equal(json_integer_value(json_object_get(dx, "hac")), 2);
    assert_true(json_is_true(json_object_get(dx, "hac_met")));
    json_decref(o);
    buf_release(&b);
}

/* test_swaps - another indicator, another principal; which formula a procedure was used for */
static void test_swaps(void **state)
{
    struct buf b;
    json_t *o, *list;

    (void)state;
    write_claims(CLM("S1", "11", "01") "HI*ABK:I5020:::::::Y~HI*ABN:W1830XA:::::::Y~"
                                       "HI*ABF:J9601:::::::Y*ABF:N179:::::::N*ABF:F1010:::::::Y*"
                                       "ABF:T8131XA:::::::N~HI*BBR:0DTJ4ZZ:D8:20260501~" END);
    assert_int_equal(group(NULL, &b), 0);
    o = line_of(&b, 0);
    list = json_object_get(o, "what_if_principal"); /* present, and accepted first */
    assert_int_equal(json_array_size(list), 1);
    assert_string_equal(text(json_array_get(list, 0), "principal"), "J9601");
    assert_string_equal(text(json_array_get(list, 0), "drg"), "190");
    list = json_object_get(o, "what_if_poa"); /* what may be acquired in the hospital */
    assert_int_equal(json_array_size(list), 1);
    assert_string_equal(text(json_array_get(list, 0), "code"), "T8131XA");
    assert_string_equal(text(json_array_get(list, 0), "poa"), "Y");
    assert_string_equal(text(json_array_get(list, 0), "drg"), text(o, "drg"));
    list = json_array_get(json_object_get(o, "procedures"), 0);
    assert_non_null(strstr(text(list, "formula"), "d477"));
    json_decref(o);
    buf_release(&b);
}

/* test_refusals - no principal, no date, no version: said, and exit 1 */
static void test_refusals(void **state)
{
    struct buf b;
    json_t *o;

    (void)state;
    write_claims(CLM(
        "B1", "11",
        "01") "HI*ABF:J9601:::::::N~" END "CLM*B2*100***11:A:1**A*Y*Y~CL1*1*1*01~HI*ABK:I5020~" END
              "CLM*B3*100***11:A:1**A*Y*Y~DTP*434*RD8*20250501-20250503~CL1*1*1*01~HI*ABK:I5020~"
              "NM1*71*1*DOC*A****XX*1455555023~LX*1~SV2*0120**100*UN*1~DTP*472*D8*20250501~");
    assert_int_equal(group(NULL, &b), EXIT_FOUND);
    o = line_of(&b, 0);
    assert_string_equal(text(o, "return_code"), "INVALID_PDX");
    assert_string_equal(text(o, "drg"), "999");
    json_decref(o);
    o = line_of(&b, 2);
    assert_string_equal(text(o, "claim"), "B3");
    assert_true(json_is_null(json_object_get(o, "drg")));
    assert_string_equal(text(json_object_get(o, "error"), "code"), "no-table");
    json_decref(o);
    buf_release(&b);
    assert_int_equal(group("43.1", &b), EXIT_FOUND);
    o = line_of(&b, 2);
    assert_string_equal(text(o, "drg"), "293");
    json_decref(o);
    buf_release(&b);
    assert_int_equal(group("44.0", &b), EXIT_FOUND);
    o = line_of(&b, 2);
    assert_string_equal(text(json_object_get(o, "error"), "code"), "no-table");
    json_decref(o);
    buf_release(&b);
}

/* A stay whose record is bad, from its diagnoses on, and what is said of it: the return code with
 * the DRG, or the error. */
static const struct bad_input {
    const char *dates, *sex, *dx, *wanted;
} bad_inputs[] = {
    {"20260501-20260503", "F", "", "INVALID_PDX 999"},                  /* no principal */
    {"20260501-20260503", "F", "ABK:ZZZ99:::::::Y", "INVALID_PDX 999"}, /* an unknown one */
    {"20260501-20260503", "F", "ABK:i5020:::::::Y", "INVALID_PDX 999"}, /* lower case */
    {"20260501-20260503", "F", "ABK:W1830XA", "DX_CANNOT_BE_PDX 999"},
    {"20260501-20260503", "F", "ABK:I5020:::::::Y~HI*ABF:QQ99:::::::N*ABF:n179", "OK 293"},
    {"20260501-20260503", "U", "ABK:N800:::::::Y", "INVALID_SEX 999"}, /* needed here */
    {"20260501-20260503", "U", "ABK:I5020:::::::Y", "OK 293"},         /* and not here */
    {"20260501-20260503", "F", "ABK:I5020:::::::Y~HI*ABF:T8131XA", "HAC_MISSING_ONE_POA 999"},
    {"20260501-20260503", "F", "ABK:I5020~HI*ABF:N179", "OK 292"}, /* POA of no HAC */
    {"20250501-20250503", "F", "ABK:I5020:::::::Y", "no-table"},   /* no version */
    {"", "F", "ABK:I5020:::::::Y", "no-discharge-date"},
    {"20260501-20260503", "F", "#100", "OK 292"}, /* secondary ones */
    {"20260501-20260503", "F", "#200", "size"},
};

/* bad_claim - a row as a claim of a subscriber of its own */
static void bad_claim(struct buf *b, const struct bad_input *x)
{
    char text[400];
    int more = x->dx[0] == '#' ? (int)strtol(x->dx + 1, NULL, 10) : 0;

    snprintf(text, sizeof(text),
             "HL*3*1*22*0~SBR*P*18*******MA~NM1*IL*1*DOE*JO****MI*1EG4TE5MK73~N3*1 ELM~"
             "N4*CITY*OH*44101~DMG*D8*19500101*%s~NM1*PR*2*MEDICARE*****PI*99901~"
             "CLM*B1*100***11:A:1**A*Y*Y~%s%s%sCL1*1*1*01~",
             x->sex, x->dates[0] ? "DTP*434*RD8*" : "", x->dates, x->dates[0] ? "~" : "");
    buf_adds(b, text);
    if (x->dx[0]) {
        snprintf(text, sizeof(text), "HI*%s~", more ? "ABK:I5020:::::::Y" : x->dx);
        buf_adds(b, text);
    }
    for (int i = 0; i < more; i++)
        buf_adds(b, i % 12 == 11 || i + 1 == more ? "*ABF:N179:::::::Y~"
                    : i % 12                      ? "*ABF:N179:::::::Y"
                                                  : "HI*ABF:N179:::::::Y");
    buf_adds(b, END);
}

/* test_bad_input - each of them is a return code or a refusal, never a guess, and never a crash */
static void test_bad_input(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(bad_inputs) / sizeof(bad_inputs[0]); i++) {
        const struct bad_input *x = &bad_inputs[i];
        struct buf body, out;
        char said[64];
        json_t *o, *e;
        int code;

        buf_init(&body);
        bad_claim(&body, x);
        write_claims(body.data);
        code = group(NULL, &out);
        o = line_of(&out, 0);
        e = json_object_get(o, "error");
        snprintf(said, sizeof(said), "%s%s%s", e ? text(e, "code") : text(o, "return_code"),
                 e ? "" : " ", e ? "" : text(o, "drg"));
        if (strcmp(said, x->wanted) != 0)
            fail_msg("\"%s\" %s: %s, expected %s", x->dx, x->sex, said, x->wanted);
        assert_int_equal(code, strncmp(said, "OK", 2) == 0 ? 0 : EXIT_FOUND);
        json_decref(o);
        buf_release(&body);
        buf_release(&out);
    }
}

/* test_mce - an edit with its code and the flag that fired it; a bill that is no acute stay has
 * none
 */
static void test_mce(void **state)
{
    struct buf b;
    json_t *o, *list;

    (void)state;
    write_claims(CLM("M1", "11", "01") "HI*ABK:W1830XA:::::::Y~HI*ABF:W1830XA:::::::Y~" END CLM(
        "M2", "18", "01") "HI*ABK:W1830XA:::::::Y~" END);
    assert_int_equal(group(NULL, &b), EXIT_FOUND);
    o = line_of(&b, 0);
    list = json_object_get(o, "mce");
    assert_true(json_is_true(json_object_get(o, "mce_checked")));
    assert_int_equal(json_array_size(list), 2);
    assert_string_equal(text(json_array_get(list, 0), "edit"), "MCE 2");
    assert_string_equal(text(json_array_get(list, 0), "code"), "W18.30XA");
    assert_string_equal(text(json_array_get(list, 0), "flag"), "ecodepdx");
    assert_string_equal(text(json_array_get(list, 1), "edit"), "MCE 3");
    assert_string_equal(text(json_array_get(list, 1), "flag"), "(null)");
    json_decref(o);
    o = line_of(&b, 1);
    assert_false(json_is_true(json_object_get(o, "mce_checked")));
    json_decref(o);
    buf_release(&b);
}

/* begin - the folder of the test */
static int begin(void **state)
{
    (void)state;
    folder_make(dir, sizeof(dir), "group");
    snprintf(tables, sizeof(tables), "%s/tables", dir);
    snprintf(claims, sizeof(claims), "%s/claims.837", dir);
    write_tables();
    return 0;
}

/* end - without it */
static int end(void **state)
{
    (void)state;
    folder_remove(dir);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),    cmocka_unit_test(test_swaps),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_bad_input),
        cmocka_unit_test(test_mce),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
