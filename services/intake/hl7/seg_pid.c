/* seg_pid.c - MSH, EVN, PID, MRG: what the message is, and whom it is about
 *
 * The record number is chosen by type, never by position: PID-3 lists account, visit and social
 * security numbers too. */
#include "services/intake/hl7/map.h"

#include <string.h>

#include "services/intake/ident.h"

/* Types of CX-5 (HL7 table 0203, and what senders write) that name the patient, best first; "" = no
 * type. */
static const char *const record_types[] = {"MR", "MRN", "PI", "", "PT", NULL};
/* Types that name something else than the patient's record: an account, a visit, a card. */
static const char *const other_things[] = {
    "AN", "ANC", "AND", "ANON", "VN", "VISIT", "VISITNUMBER", "ACSN", "SS", "SSN",
    "DL", "PPN", "MA",  "MC",   "MB", "CC",    "BC",          "TAX",  NULL};
static const char *const last_resort[] = {"SS", "SSN", NULL};
static const char *const account_types[] = {"AN", "ANC", NULL};
static const char *const visit_types[] = {"VN", "VISIT", NULL};

/* open_msh - the header that was read already; a second one belongs to no message */
static bool open_msh(struct hl7_map *x)
{
    return x->seg == x->m->msh;
}

/* set_trigger - EVN-1 repeats MSH-9.2, which counts */
static void set_trigger(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    if (!str_eq(hl7_text(x->m, value), x->trigger->event))
        hl7_problem(x, NOTE_SEVERITY_NOTED, NOTE_TYPE,
                    "EVN-1 is not the event of MSH-9, which counts");
}

/* set_recorded - EVN-2 */
static void set_recorded(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct value_time t;

    (void)row;
    if (hl7_when(x, value, &t))
        x->ev->event_ms = t.ms;
}

/* open_pid - a second patient starts the next event */
static bool open_pid(struct hl7_map *x)
{
    if (x->has_pid)
        hl7_next_event(x, false);
    x->has_pid = true;
    x->ev->patient = event_new(x->a, &cc_patient__descriptor);
    x->target = x->ev->patient;
    if (x->ev->patient)
        x->ev->patient->ref = hl7_ref(x);
    return x->ev->patient != NULL;
}

/* add_ids - every id of a CX list */
static void add_ids(struct hl7_map *x, struct span field)
{
    struct span rep;

    for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
        CcIdentifier *i = event_new(x->a, &cc_identifier__descriptor);
        char *value = hl7_id(x->m, hl7_component(x->m, rep, 1)),
             *type = hl7_id(x->m, hl7_component(x->m, rep, 5)),
             *assigner = hl7_id(x->m, hl7_component(x->m, rep, 4));

        if (!i || str_empty(value) || !type || !assigner)
            continue;
        *i = (CcIdentifier){.base = i->base, .value = value, .type = type, .assigner = assigner};
        event_push(x->a, x->ev->patient, ids, i);
    }
}

/* any_record - the first id whose type names nothing else than a record */
static char *any_record(struct hl7_map *x, struct span field)
{
    struct span rep;

    for (size_t at = 0; hl7_next_repetition(x->m, field, &at, &rep);) {
        char *type = hl7_id(x->m, hl7_component(x->m, rep, 5)),
             *id = hl7_id(x->m, hl7_component(x->m, rep, 1));

        if (str_empty(id) || !type)
            continue;
        str_upper(type);
        if (!str_in(type, other_things))
            return id;
    }
    return arena_strdup(x->a, "");
}

/* record_in - the record number of one id field, by type */
static char *record_in(struct hl7_map *x, struct span field)
{
    char *id = hl7_cx(x, field, record_types);

    return str_empty(id) ? any_record(x, field) : id;
}

/* record_number - PID-3, else PID-2, else PID-4; a social security number only where there is
 * nothing else */
static char *record_number(struct hl7_map *x)
{
    static const unsigned fields[] = {3, 2, 4};
    char *id = NULL;

    for (size_t i = 0; str_empty(id) && i < 3; i++)
        id = record_in(x, hl7_field(x->seg, fields[i]));
    for (size_t i = 0; str_empty(id) && i < 3; i++)
        id = hl7_cx(x, hl7_field(x->seg, fields[i]), last_resort);
    return id;
}

/* set_ids - PID-3, and the account and visit numbers that some senders put there */
static void set_ids(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    CcVisit *v = x->ev->visit;
    char *number;

    (void)row;
    add_ids(x, value);
    if ((number = hl7_cx(x, value, account_types)) != NULL)
        v->account = number;
    if ((number = hl7_cx(x, value, visit_types)) != NULL)
        v->visit_number = number;
}

/* set_old_id - PID-2, PID-4 */
static void set_old_id(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    add_ids(x, value);
}

/* close_pid - the record number, once all ids are seen */
static void close_pid(struct hl7_map *x)
{
    char *number = record_number(x);

    if (number)
        x->ev->patient->mrn = number;
}

/* set_name - PID-5, the first repetition is the legal name */
static void set_name(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->ev->patient->name = hl7_name(x, hl7_repetition(x->m, value, 0));
}

/* set_sex - PID-8 */
static void set_sex(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->ev->patient->sex = vocab_sex(hl7_component(x->m, value, 1));
}

/* set_address - PID-11, the first repetition */
static void set_address(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    (void)row;
    x->ev->patient->address = hl7_address(x, hl7_repetition(x->m, value, 0));
}

/* set_phone - XTN-1, else area code and number, else XTN-12; an area code alone is no number */
static void set_phone(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    struct span rep = hl7_repetition(x->m, value, 0);
    char *number = hl7_id(x->m, hl7_component(x->m, rep, 1)),
         *area = hl7_id(x->m, hl7_component(x->m, rep, 6)),
         *local = hl7_id(x->m, hl7_component(x->m, rep, 7));

    (void)row;
    if (str_empty(number) && area && !str_empty(local))
        number = arena_printf(x->a, "%s%s", area, local);
    if (str_empty(number))
        number = hl7_id(x->m, hl7_component(x->m, rep, 12));
    if (number)
        x->ev->patient->phone = number;
}

/* set_account - PID-18 before what PID-3 says */
static void set_account(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *number = hl7_id(x->m, hl7_component(x->m, hl7_repetition(x->m, value, 0), 1));

    (void)row;
    if (!str_empty(number))
        x->ev->visit->account = number;
}

/* add_ended - an id that ends with this merge */
static void add_ended(struct hl7_map *x, char *id)
{
    if (!str_empty(id))
        event_push(x->a, x->ev, merged, id);
}

/* set_prior_patient - MRG-1 */
static void set_prior_patient(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *mrn, *key;

    (void)row;
    if (!(x->trigger->flags & HL7_MERGE_PATIENT))
        return;
    mrn = record_in(x, value);
    key = str_empty(mrn) ? NULL : ident_patient_key(x->conf, x->a, x->ev->facility, mrn);
    if (!key)
        return;
    add_ended(x, key);
    event_push(x->a, x->ev, merged_patients, key);
}

/* set_prior_visit - MRG-5, else MRG-3 */
static void set_prior_visit(struct hl7_map *x, const struct hl7_row *row, struct span value)
{
    char *number = hl7_id(x->m, hl7_component(x->m, hl7_repetition(x->m, value, 0), 1));

    if (!(x->trigger->flags & HL7_MERGE_VISIT) || str_empty(number))
        return;
    if (row->field == 5 || str_empty(hl7_first(x->m, x->seg, 5, 1)))
        add_ended(x, ident_encounter(x->conf, x->a, x->ev->facility, number));
}

/* clang-format off */
static const struct hl7_row msh_rows[] = {{0, NULL, 0, NULL}};
static const struct hl7_row evn_rows[] = {
    {1, set_trigger,  0, NULL},
    {2, set_recorded, 0, NULL},
    {0, NULL, 0, NULL},
};
static const struct hl7_row pid_rows[] = {
    {3,  set_ids,     0, NULL},
    {2,  set_old_id,  0, NULL},
    {4,  set_old_id,  0, NULL},
    {5,  set_name,    0, NULL},
    {7,  hl7_set_day, offsetof(CcPatient, birth_date), "patient.birth_date"},
    {8,  set_sex,     0, "patient.sex"},
    {11, set_address, 0, "patient.address"},
    {13, set_phone,   0, "patient.phone"},
    {15, hl7_set_id,  offsetof(CcPatient, language), "patient.language"},
    {18, set_account, 0, NULL},
    {29, hl7_set_day, offsetof(CcPatient, death_date), "patient.death_date"},
    {0, NULL, 0, NULL},
};
static const struct hl7_row mrg_rows[] = {
    {1, set_prior_patient, 0, NULL},
    {3, set_prior_visit,   0, NULL},
    {5, set_prior_visit,   0, NULL},
    {0, NULL, 0, NULL},
};

const struct hl7_table hl7_msh = {"MSH", open_msh, msh_rows, NULL, false, NOTE_UNSUPPORTED};
const struct hl7_table hl7_evn = {"EVN", NULL,     evn_rows, NULL, false, NOTE_UNSUPPORTED};
const struct hl7_table hl7_pid = {"PID", open_pid, pid_rows, close_pid, false, NOTE_UNSUPPORTED};
const struct hl7_table hl7_mrg = {"MRG", NULL,     mrg_rows, NULL, false, NOTE_UNSUPPORTED};
/* clang-format on */
