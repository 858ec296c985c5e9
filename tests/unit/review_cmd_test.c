/* review_cmd_test.c - cleanclaim review on the embedded broker: the queue, one question, a person's
 * word as the record that the validator reads */
#include "tests/support/test.h"

#include <stdio.h>
#include <unistd.h>

#include "common/sys/file.h"
#include "tests/support/command.h"

/* publish - one record into partition 1 */
static void publish(struct command *f, enum topic t, const ProtobufCMessage *m)
{
    command_publish(f, t, 1, "k", m);
}

/* claim - a version of C1 in claims.coded */
static void claim(struct command *f, uint32_t version, int64_t cents)
{
    CcClaim *c = event_new(f->a, &cc_claim__descriptor);

    c->claim_id = arena_strdup(f->a, "C1");
    c->patient_key = arena_strdup(f->a, "0123456789abcdef");
    c->version = version;
    c->charge_cents = cents;
    publish(f, TOPIC_CLAIMS_CODED, &c->base);
}

/* finding - of a question */
static void finding(struct command *f, CcReviewItem *item, const char *edit, CcSeverity severity)
{
    CcFinding *x = event_new(f->a, &cc_finding__descriptor);

    x->edit = arena_strdup(f->a, edit);
    x->severity = severity;
    x->message = arena_strdup(f->a, "what was found");
    x->fix = arena_strdup(f->a, "what is to be done");
    assert_true(event_push(f->a, item, findings, x));
}

/* question - the validator's about version 2 of C1, which lies at an offset */
static void question(struct command *f, int64_t offset)
{
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);

    item->review_id = arena_strdup(f->a, "C1-validator");
    item->claim_id = arena_strdup(f->a, "C1");
    item->stage = arena_strdup(f->a, "validator");
    item->state = arena_strdup(f->a, "open");
    item->reason = arena_strdup(f->a, "edits");
    item->version = 2;
    item->due_date = 20260601;
    item->at_stake_cents = 2500;
    finding(f, item, "NCC-04", SEVERITY_HOLD);
    finding(f, item, "CHG-03", SEVERITY_REJECT);
    item->claim_place = event_new(f->a, &cc_place__descriptor);
    item->claim_place->partition = 1;
    item->claim_place->offset = offset;
    publish(f, TOPIC_WORK_REVIEW, &item->base);
}

/* run - `review` with words */
static int run(struct command *f, const char *words)
{
    return command_run(f, cmd_review, words);
}

/* diagnosis - of a stay; without 0: the principal */
static CcDrgDiagnosis *diagnosis(struct command *f, const char *code, const char *severity,
                                 uint32_t without, uint32_t first)
{
    CcDrgDiagnosis *d = event_new(f->a, &cc_drg_diagnosis__descriptor);

    d->code = arena_strdup(f->a, code);
    d->severity = arena_strdup(f->a, severity);
    d->known = d->used = true;
    d->without_drg = without;
    d->as_principal_drg = first;
    if (without) {
        d->hac = 4;
        d->hac_why = arena_strdup(f->a, "met");
        d->poa = arena_strdup(f->a, "N");
        d->other_poa = arena_strdup(f->a, "Y");
        d->other_poa_drg = 64;
    }
    return d;
}

/* group - of a stay that rests on one diagnosis */
static CcDrgResult *group(struct command *f)
{
    CcDrgResult *d = event_new(f->a, &cc_drg_result__descriptor);
    CcDrgProcedure *p = event_new(f->a, &cc_drg_procedure__descriptor);

    d->drg = 65;
    d->initial_drg = 64;
    d->mdc = 1;
    d->version = arena_strdup(f->a, "43.0");
    d->return_code = arena_strdup(f->a, "OK");
    d->single_driver = arena_strdup(f->a, "J9601");
    assert_true(event_push(f->a, d, drivers, arena_strdup(f->a, "J9601")));
    assert_true(event_push(f->a, d, diagnoses, diagnosis(f, "I639", "none", 0, 0)));
    assert_true(event_push(f->a, d, diagnoses, diagnosis(f, "J9601", "MCC", 66, 189)));
    p->code = arena_strdup(f->a, "0DTJ4ZZ");
    p->kind = arena_strdup(f->a, "extensive");
    p->formula = arena_strdup(f->a, "ORPROC");
    p->known = p->used = true;
    p->without_drg = 65;
    assert_true(event_push(f->a, d, procedures, p));
    return d;
}

/* groups - a question and a claim show the group and what it rests on */
static void groups(void **state)
{
    static const char line[] = "DRG 065 (v43.0, MDC 1, OK), before hospital-acquired conditions "
                               "064, rests on J96.01 alone\n",
                      *const told[] = {"  I63.9    none principal used\n",
                                       "  J96.01   MCC used HAC 4 met\n",
                                       "  0DTJ4ZZ  extensive used\n",
                                       "  without J9601: DRG 066\n",
                                       "  with another indicator of J9601: DRG 064\n",
                                       "  with J9601 first: DRG 189\n"};
    struct command *f = *state;
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);
    CcClaim *c = event_new(f->a, &cc_claim__descriptor);

    item->review_id = arena_strdup(f->a, "R1");
    item->state = arena_strdup(f->a, "open");
    item->drg_result = group(f);
    publish(f, TOPIC_WORK_REVIEW, &item->base);
    c->claim_id = arena_strdup(f->a, "C9");
    c->drg_result = group(f);
    publish(f, TOPIC_CLAIMS_CODED, &c->base);
    assert_int_equal(run(f, "show R1"), 0);
    assert_non_null(strstr(f->out, line));
    assert_int_equal(run(f, "show R1 --json"), 0);
    assert_non_null(strstr(f->out, "\"initial_drg\":\"064\""));
    assert_int_equal(command_run(f, cmd_show, "C9"), 0);
    assert_non_null(strstr(f->out, line));
    for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
        assert_non_null(strstr(f->out, told[i]));
    assert_null(strstr(f->out, "without 0DTJ4ZZ"));
    assert_int_equal(command_run(f, cmd_show, "C9 --json"), 0);
    assert_non_null(strstr(f->out, "\"single_driver\":\"J96.01\""));
    assert_non_null(
        strstr(f->out, "\"what_if_principal\":[{\"principal\":\"J9601\",\"drg\":\"189\"}]"));
    assert_non_null(strstr(f->out, "\"formula\":\"ORPROC\""));
}

struct decided {
    struct arena *a;
    CcDecision *d;
    int n;
};

/* on_decision - the last one */
static int on_decision(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    struct decided *x = arg;

    (void)raw;
    x->d = event_copy(x->a, m);
    x->n++;
    return 0;
}

/* decisions - how many there are; the last one in *d */
static int decisions(struct command *f, CcDecision **d)
{
    struct decided x = {.a = f->a};

    assert_int_equal(live_each(f->conf, TOPIC_CLAIMS_DECISIONS, 0, false, on_decision, &x), 0);
    *d = x.d;
    return x.n;
}

/* queue - listed while it is open, shown with every finding, and no more listed when answered */
static void queue(void **state)
{
    struct command *f = *state;
    CcReviewItem *done = event_new(f->a, &cc_review_item__descriptor);

    question(f, 0);
    assert_int_equal(run(f, "list"), 0);
    assert_non_null(strstr(f->out, "C1-validator"));
    assert_non_null(strstr(f->out, "25.00"));
    assert_int_equal(run(f, "show C1"), 0);
    assert_non_null(strstr(f->out, "NCC-04"));
    assert_non_null(strstr(f->out, "CHG-03"));
    assert_int_equal(run(f, "show C2"), EXIT_FOUND);
    done->review_id = arena_strdup(f->a, "C1-validator");
    done->claim_id = arena_strdup(f->a, "C1");
    done->stage = arena_strdup(f->a, "validator");
    done->state = arena_strdup(f->a, "done");
    publish(f, TOPIC_WORK_REVIEW, &done->base);
    assert_int_equal(run(f, "list --json"), 0);
    assert_string_equal(f->out, "");
    assert_int_equal(run(f, "decide C1 --again --role coder"), EXIT_FOUND);
}

/* word - the version that is held is found at its place among others of the claim, and goes with
 * what is confirmed */
static void word(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    claim(f, 1, 100);
    claim(f, 2, 2500);
    claim(f, 3, 300);
    question(f, 1);
    assert_int_equal(run(f, "decide C1 --override NCC-04 --reason seen --role coder"), 0);
    assert_int_equal(decisions(f, &d), 1);
    assert_string_equal(d->claim_id, "C1");
    assert_int_equal(d->version, 2);
    assert_int_equal(d->claim->version, 2);
    assert_int_equal(d->claim->charge_cents, 2500);
    assert_string_equal(d->patient_key, "0123456789abcdef");
    assert_int_equal(d->claim_place->partition, 1);
    assert_int_equal(d->claim_place->offset, 1);
    assert_int_equal(d->n_overrides, 1);
    assert_string_equal(d->overrides[0]->edit, "NCC-04");
    assert_string_equal(d->overrides[0]->override_role, "coder");
    assert_string_equal(d->overrides[0]->override_reason, "seen");
    assert_int_equal(d->overrides[0]->override_version, 2);
}

/* refused - a reject, what was not found, a wrong call, and a claim that is not at its place any
 * more: nothing is sent */
static void refused(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    claim(f, 1, 100);
    question(f, 0);
    assert_int_equal(run(f, "decide C1 --override CHG-03 --reason seen --role coder"), EXIT_FOUND);
    assert_int_equal(run(f, "decide C1 --override DUP-01 --reason seen --role coder"), EXIT_FOUND);
    assert_int_equal(run(f, "decide C1 --again --override NCC-04 --role coder"), EXIT_USAGE);
    assert_int_equal(run(f, "decide C1 --override NCC-04 --role coder"), EXIT_USAGE);
    assert_int_equal(run(f, "decide C9 --again --role coder"), EXIT_FOUND);
    assert_int_equal(run(f, "decide C1 --again --role coder"), EXIT_FOUND);
    question(f, 400);
    assert_int_equal(run(f, "decide C1 --again --role coder"), EXIT_FOUND);
    assert_int_equal(decisions(f, &d), 0);
}

/* option - of a question */
static void option(struct command *f, CcReviewItem *item, const char *id, const char *code)
{
    CcReviewOption *o = event_new(f->a, &cc_review_option__descriptor);

    o->id = arena_strdup(f->a, id);
    o->text = arena_strdup(f->a, "an answer");
    if (code) {
        o->code = event_new(f->a, &cc_code__descriptor);
        o->code->system = CODE_SYSTEM_ICD10CM;
        o->code->code = arena_strdup(f->a, code);
    }
    assert_true(event_push(f->a, item, options, o));
}

/* coders - a question of the coder about encounter E1 */
static void coders(struct command *f, const char *id)
{
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);

    item->review_id = arena_strdup(f->a, id);
    item->encounter = arena_strdup(f->a, "E1");
    item->patient_key = arena_strdup(f->a, "0123456789abcdef");
    item->stage = arena_strdup(f->a, "coder");
    item->state = arena_strdup(f->a, "open");
    item->reason = arena_strdup(f->a, "excludes");
    item->question = arena_strdup(f->a, "Which does the record support?");
    item->version = 3;
    option(f, item, "1", "E119");
    option(f, item, "other", NULL);
    option(f, item, "undetermined", NULL);
    publish(f, TOPIC_WORK_REVIEW, &item->base);
}

/* answers - an option with its code, a code of the person's own, what cannot be determined */
static void answers(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    coders(f, "R1");
    assert_int_equal(run(f, "show R1"), 0);
    assert_non_null(strstr(f->out, "--choose undetermined"));
    assert_int_equal(run(f, "decide R1 --choose 1 --role coder --why seen"), 0);
    assert_int_equal(decisions(f, &d), 1);
    assert_string_equal(d->encounter, "E1");
    assert_string_equal(d->patient_key, "0123456789abcdef");
    assert_string_equal(d->answer->review_id, "R1");
    assert_string_equal(d->answer->choice, "1");
    assert_string_equal(d->answer->codes[0]->code, "E119");
    assert_string_equal(d->answer->role, "coder");
    assert_string_equal(d->answer->why, "seen");
    assert_int_equal(d->answer->version, 3);
    assert_true(d->answer->at_ms > 0);
    assert_int_equal(run(f, "decide E1 --code e10.9,Z79.4 --role coder --why seen --json"), 0);
    assert_non_null(strstr(f->out, "E109"));
    assert_int_equal(decisions(f, &d), 2);
    assert_int_equal(d->answer->n_codes, 2);
    assert_string_equal(d->answer->choice, "other");
    assert_int_equal(run(f, "decide R1 --choose undetermined --role coder --why unreadable"), 0);
    assert_int_equal(decisions(f, &d), 3);
    assert_int_equal(d->answer->n_codes, 0);
}

/* words - where to look is always told, the record's words only when they are asked for */
static void words(void **state)
{
    static const char said[] = "trouble with the knee";
    struct command *f = *state;
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);
    CcEvidence *ev = event_new(f->a, &cc_evidence__descriptor);

    item->review_id = arena_strdup(f->a, "R5");
    item->encounter = arena_strdup(f->a, "E5");
    item->account = arena_strdup(f->a, "A0001005");
    item->stage = arena_strdup(f->a, "coder");
    item->state = arena_strdup(f->a, "open");
    item->reason = arena_strdup(f->a, "no-code");
    item->question = arena_strdup(f->a, "Which code does this entry mean?");
    ev->event_id = arena_strdup(f->a, "m1");
    ev->ref = arena_strdup(f->a, "DG1[1]");
    ev->text = arena_strdup(f->a, said);
    assert_true(event_push(f->a, item, evidence, ev));
    option(f, item, "other", NULL);
    publish(f, TOPIC_WORK_REVIEW, &item->base);
    assert_int_equal(run(f, "list"), 0);
    assert_non_null(strstr(f->out, "A0001005"));
    assert_int_equal(run(f, "show R5"), 0);
    assert_non_null(strstr(f->out, "DG1[1] of event m1"));
    assert_non_null(strstr(f->out, "review decide R5 --choose ANSWER"));
    assert_null(strstr(f->out, said));
    assert_int_equal(run(f, "show R5 --json"), 0);
    assert_null(strstr(f->out, said));
    assert_int_equal(run(f, "show R5 --phi"), 0);
    assert_non_null(strstr(f->out, said));
    assert_int_equal(run(f, "show R5 --phi --json"), 0);
    assert_non_null(strstr(f->out, said));
}

/* no_answers - no such option, none named, both, no reason, several open at once: nothing is sent
 */
static void no_answers(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    coders(f, "R1");
    assert_int_equal(run(f, "decide R1 --choose 7 --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --choose other --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --choose 1 --code I10 --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --code I1/0 --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --override NCC-04 --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --choose 1 --role coder"), EXIT_USAGE);
    assert_int_equal(run(f, "decide R1 --choose 1 --why seen"), EXIT_USAGE);
    assert_int_equal(run(f, "decide R9 --choose 1 --role coder --why seen"), EXIT_FOUND);
    coders(f, "R2");
    assert_int_equal(run(f, "decide E1 --choose 1 --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(decisions(f, &d), 0);
}

/* payers - an open question about what a payer said of claim C1, with what may be decided */
static void payers(struct command *f, bool options)
{
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);

    item->review_id = arena_strdup(f->a, "P1");
    item->claim_id = arena_strdup(f->a, "C1");
    item->stage = arena_strdup(f->a, "follow");
    item->state = arena_strdup(f->a, "open");
    item->reason = arena_strdup(f->a, "denied");
    item->version = 2;
    if (options)
        option(f, item, "write-off", NULL);
    publish(f, TOPIC_WORK_REVIEW, &item->base);
}

/* on_answer - the last one */
static int on_answer(void *arg, const struct bus_message *raw, const ProtobufCMessage *m)
{
    CcAnswer **last = arg;
    static struct arena *kept;

    (void)raw;
    if (!kept)
        kept = arena_new(1 << 20);
    *last = event_copy(kept, m);
    return 0;
}

/* of_a_claim - what is decided of a denied claim goes to follow, and only what the question offers
 */
static void of_a_claim(void **state)
{
    struct command *f = *state;
    CcAnswer *answer = NULL;

    payers(f, false);
    assert_int_equal(run(f, "decide P1 --choose write-off --role lead --why small"), EXIT_FOUND);
    payers(f, true);
    assert_int_equal(run(f, "decide P1 --choose close --role lead --why small"), EXIT_FOUND);
    assert_int_equal(run(f, "decide P1 --choose write-off --code I10 --role lead --why small"),
                     EXIT_FOUND);
    assert_int_equal(live_each(f->conf, TOPIC_PAYER_ANSWERS, 0, false, on_answer, &answer), 0);
    assert_null(answer);
    assert_int_equal(run(f, "decide P1 --choose write-off --role lead --why small"), 0);
    assert_int_equal(live_each(f->conf, TOPIC_PAYER_ANSWERS, 0, false, on_answer, &answer), 0);
    assert_string_equal(answer->kind, "person");
    assert_string_equal(answer->claim_id, "C1");
    assert_string_equal(answer->answer->choice, "write-off");
    assert_string_equal(answer->answer->role, "lead");
    assert_int_equal(answer->answer->version, 2);
}

/* of_no_claim - a question about a file has its open answers: the word brings the question with it,
 * to where it was asked */
static void of_no_claim(void **state)
{
    static const char *const said[][2] = {{"undetermined", "stays open"}, {"other", "settled"}};
    struct command *f = *state;
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);
    CcAnswer *answer = NULL;

    item->review_id = arena_strdup(f->a, "P2");
    item->stage = arena_strdup(f->a, "follow");
    item->state = arena_strdup(f->a, "open");
    item->reason = arena_strdup(f->a, "unknown-file");
    item->key = arena_strdup(f->a, "CLRHOUSE01");
    option(f, item, "other", NULL);
    option(f, item, "undetermined", NULL);
    publish(f, TOPIC_WORK_REVIEW, &item->base);
    for (size_t i = 0; i < 2; i++) {
        char words[80];

        snprintf(words, sizeof(words), "decide P2 --choose %s --role lead --why posted",
                 said[i][0]);
        assert_int_equal(run(f, words), 0);
        assert_non_null(strstr(f->out, said[i][1]));
        assert_int_equal(live_each(f->conf, TOPIC_PAYER_ANSWERS, 0, false, on_answer, &answer), 0);
        assert_string_equal(answer->level, "question");
        assert_string_equal(answer->review->review_id, "P2");
        assert_string_equal(answer->review->key, "CLRHOUSE01");
        assert_string_equal(answer->review->answer->choice, said[i][0]);
        assert_string_equal(answer->review->answer->why, "posted");
    }
}

/* of_a_payment - which claim a payment is of goes to follow at the receiver's key */
static void of_a_payment(void **state)
{
    struct command *f = *state;
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);
    CcAnswer *answer = NULL;

    item->review_id = arena_strdup(f->a, "T1");
    item->receiver = arena_strdup(f->a, "CLRHOUSE01");
    item->stage = arena_strdup(f->a, "follow");
    item->state = arena_strdup(f->a, "open");
    item->reason = arena_strdup(f->a, "unknown-claim");
    option(f, item, "C1", NULL);
    option(f, item, "none", NULL);
    publish(f, TOPIC_WORK_REVIEW, &item->base);
    assert_int_equal(run(f, "decide T1 --choose C2 --role poster --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide T1 --choose C1 --role poster --why seen"), 0);
    assert_int_equal(live_each(f->conf, TOPIC_PAYER_ANSWERS, 0, false, on_answer, &answer), 0);
    assert_string_equal(answer->level, "tie");
    assert_string_equal(answer->receiver, "CLRHOUSE01");
    assert_string_equal(answer->answer->review_id, "T1");
    assert_string_equal(answer->answer->choice, "C1");
    assert_string_equal(answer->answer->role, "poster");
    assert_string_equal(answer->answer->why, "seen");
}

/* wanting - a question whose "other" takes something, and whose first option goes with codes */
static void wanting(struct command *f, const char *id, const char *takes, const char *also)
{
    CcReviewItem *item = event_new(f->a, &cc_review_item__descriptor);

    item->review_id = arena_strdup(f->a, id);
    item->encounter = arena_strdup(f->a, id);
    item->stage = arena_strdup(f->a, "coder");
    item->state = arena_strdup(f->a, "open");
    item->question = arena_strdup(f->a, "What does the record say?");
    option(f, item, also, NULL);
    option(f, item, "other", NULL);
    if (strcmp(also, "Y") == 0)
        assert_true(event_push(f->a, item->options[0], takes, arena_strdup(f->a, "code")));
    assert_true(event_push(f->a, item->options[1], takes, arena_strdup(f->a, takes)));
    publish(f, TOPIC_WORK_REVIEW, &item->base);
}

#define BY " --role coder --why seen"

/* what_it_takes - each kind of question its own word; another one is refused, and told how */
static void what_it_takes(void **state)
{
    static const struct {
        const char *takes, *right, *wrong, *shown;
    } rows[] = {
        {"amount", "--amount 12500", "--units 2", "--amount CENTS"},
        {"units", "--units 1.5", "--amount 1", "--units N"},
        {"day", "--date 2026-03-01,2026-03-04", "--payer X", "--date YYYY-MM-DD"},
        {"payer", "--payer SHP-01", "--code E11.9", "--payer ID"},
        {"facility", "--facility WEST_WING", "--amount 5", "--facility NAME"},
        {"npi", "--code 1455555015", "--facility X", "--code NPI"},
        {"modifiers", "--modifiers 25,59", "--code E11.9", "--modifiers M"},
        {"reason", "--choose other", "--code E11.9", "--why TEXT"},
        {"record", NULL, "--code E11.9", "correct the record"},
        {"table", NULL, "--code E11.9", "load the table"},
    };
    struct command *f = *state;
    CcDecision *d;
    size_t n = 0;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char words[128];

        wanting(f, rows[i].takes, rows[i].takes, "none");
        snprintf(words, sizeof(words), "show %s", rows[i].takes);
        assert_int_equal(run(f, words), 0);
        assert_non_null(strstr(f->out, rows[i].shown));
        snprintf(words, sizeof(words), "decide %s %s" BY, rows[i].takes, rows[i].wrong);
        assert_int_equal(run(f, words), EXIT_FOUND);
        assert_int_equal(decisions(f, &d), n);
        if (!rows[i].right)
            continue;
        snprintf(words, sizeof(words), "decide %s %s" BY, rows[i].takes, rows[i].right);
        assert_int_equal(run(f, words), 0);
        assert_int_equal(decisions(f, &d), ++n);
        assert_string_equal(d->answer->choice, "other");
        assert_int_equal(d->answer->amount_given, i == 0);
        assert_int_equal(d->answer->amount_cents, i == 0 ? 12500 : 0);
        assert_int_equal(d->answer->units_milli, i == 1 ? 1500 : 0);
        if (i >= 2 && i <= 4)
            assert_string_equal(d->answer->codes[0]->code, i == 2   ? "20260301"
                                                           : i == 3 ? "SHP-01"
                                                                    : "WEST_WING");
        if (strcmp(rows[i].takes, "modifiers") == 0)
            assert_string_equal(d->answer->modifiers[1], "59");
    }
}

/* no_numbers - what is no amount or count; an option with some codes; a question that can be looked
 * at again */
static void no_numbers(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    wanting(f, "R1", "amount", "Y");
    assert_int_equal(run(f, "decide R1 --amount 12.50" BY), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --amount -1" BY), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --choose Y --amount 5" BY), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --again --role coder"), EXIT_FOUND);
    assert_int_equal(run(f, "decide R1 --choose Y --code I10" BY), 0);
    assert_int_equal(decisions(f, &d), 1);
    assert_string_equal(d->answer->choice, "Y");
    assert_string_equal(d->answer->codes[0]->code, "I10");
    wanting(f, "R2", "units", "again");
    assert_int_equal(run(f, "decide R2 --units 0" BY), EXIT_FOUND);
    assert_int_equal(run(f, "decide R2 --units two" BY), EXIT_FOUND);
    assert_int_equal(run(f, "decide R2 --again --role coder"), 0);
    assert_int_equal(decisions(f, &d), 2);
    assert_string_equal(d->answer->choice, "again");
    assert_true(d->answer->why[0]);
    claim(f, 2, 2500);
    question(f, 0);
    assert_int_equal(run(f, "decide C1 --amount 100" BY), EXIT_FOUND);
    assert_int_equal(decisions(f, &d), 2);
}

/* coded_claim - version 2 of C1 with a line and a diagnosis, as the coder made it */
static void coded_claim(struct command *f)
{
    static const char *const codes[] = {"99214", "E1165"};
    CcClaim *c = event_new(f->a, &cc_claim__descriptor);
    CcServiceLine *line = event_new(f->a, &cc_service_line__descriptor);
    CcClaimDiagnosis *dx = event_new(f->a, &cc_claim_diagnosis__descriptor);

    c->claim_id = arena_strdup(f->a, "C1");
    c->encounter = arena_strdup(f->a, "E1");
    c->patient_key = arena_strdup(f->a, "0123456789abcdef");
    c->version = 2;
    for (int i = 0; i < 2; i++) {
        CcCodeAssignment *as = event_new(f->a, &cc_code_assignment__descriptor);
        CcEvidence *ev = event_new(f->a, &cc_evidence__descriptor);

        as->code = event_new(f->a, &cc_code__descriptor);
        as->code->code = arena_strdup(f->a, codes[i]);
        ev->event_id = arena_strdup(f->a, "event");
        ev->ref = arena_strdup(f->a, i ? "DG1[1]" : "FT1[1]");
        assert_true(event_push(f->a, as, evidence, ev));
        *(i ? &dx->assignment : &line->procedure) = as;
    }
    assert_true(event_push(f->a, c, lines, line));
    assert_true(event_push(f->a, c, diagnoses, dx));
    publish(f, TOPIC_CLAIMS_CODED, &c->base);
}

/* corrects - a code of the claim is another, or a line's modifiers are: an answer to the coder; a
 * code that is not on the claim, or none named: nothing is sent */
static void corrects(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    coded_claim(f);
    question(f, 0);
    assert_int_equal(run(f, "decide C1 --code I10 --role coder --why seen"), EXIT_FOUND);
    assert_int_equal(run(f, "decide C1 --instead-of I11 --code I10 --role coder --why seen"),
                     EXIT_FOUND);
    assert_int_equal(run(f, "decide C1 --instead-of 99214 --modifiers 259 --role coder --why seen"),
                     EXIT_FOUND);
    assert_int_equal(decisions(f, &d), 0);
    assert_int_equal(run(f, "decide C1 --instead-of e11.65 --code E11.9 --role coder --why seen"),
                     0);
    assert_int_equal(decisions(f, &d), 1);
    assert_string_equal(d->claim_id, "C1");
    assert_int_equal(d->version, 2);
    assert_string_equal(d->encounter, "E1");
    assert_string_equal(d->answer->place->ref, "DG1[1]");
    assert_string_equal(d->answer->before, "E1165");
    assert_string_equal(d->answer->codes[0]->code, "E119");
    assert_int_equal(
        run(f, "decide C1 --instead-of 99214 --modifiers 25,gt --role coder --why seen"), 0);
    assert_int_equal(decisions(f, &d), 2);
    assert_string_equal(d->answer->place->ref, "FT1[1]");
    assert_int_equal(d->answer->n_codes, 0);
    assert_string_equal(d->answer->modifiers[1], "GT");
}

/* confirms - an option of the validator's question does what its own switch does */
static void confirms(void **state)
{
    struct command *f = *state;
    CcDecision *d;

    claim(f, 2, 2500);
    question(f, 0);
    assert_int_equal(run(f, "decide C1 --choose confirm --role coder --why seen"), 0);
    assert_int_equal(decisions(f, &d), 1);
    assert_int_equal(d->n_overrides, 1);
    assert_string_equal(d->overrides[0]->edit, "NCC-04");
    assert_int_equal(run(f, "decide C1 --choose again --role coder --why seen"), 0);
    assert_int_equal(decisions(f, &d), 2);
    assert_int_equal(d->n_overrides, 0);
    assert_int_equal(run(f, "decide C1 --choose undetermined --role coder --why x"), EXIT_FOUND);
    assert_int_equal(decisions(f, &d), 2);
}

#define T(name) cmocka_unit_test_setup_teardown(name, command_setup, command_teardown)

/* main - each with a broker of its own */
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(queue),      T(word),       T(refused),     T(answers),      T(no_answers),
        T(words),      T(of_a_claim), T(of_no_claim), T(of_a_payment), T(what_it_takes),
        T(no_numbers), T(confirms),   T(corrects),    T(groups),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
