/* readack.c - TA1 and 999, and the door to 277CA and 277
 *
 * A 999 answers a group (AK1 … AK9) and, inside it, sets (AK2 … IK5). What it found in a set is
 * told by IK3 (a segment by its position in the set, ST = 1), CTX (the claim it belongs to) and IK4
 * (an element). An IK3 without a CTX that names a claim leaves its position, so that the claim can
 * be found from what we sent. */
#include "common/claim/readack.h"

#include <string.h>

#include "common/claim/answer.h"

/* The set or group answer that segments of a 999 add to. */
struct ack999 {
    struct arena *a;
    const struct reply_item *item;
    struct reply_answers *out;
    struct span gs06;
    CcAnswer *set;    /* between AK2 and IK5 */
    uint32_t pending; /* position of the last IK3 that no CTX has tied to a claim */
    uint32_t sets;    /* AK2 seen */
    size_t first;     /* of this group's answers in `out` */
    char **listed;
    size_t n_listed;
    bool closed; /* AK9 came */
};

/* readack_reads - TA1, 999, 277 */
bool readack_reads(const struct reply_item *item)
{
    return item->kind == REPLY_TA1 ||
           (item->kind == REPLY_SET && (span_is(item->st01, "999") || span_is(item->st01, "277")));
}

/* letter_event - "999_" and the first letter of a result: A E R, P for a group; refusals by M, W
 * and X are R */
static char *letter_event(struct arena *a, const char *prefix, const char *code)
{
    char letter = code[0];

    if (letter == 'M' || letter == 'W' || letter == 'X')
        letter = 'R';
    if (letter == '\0' || !strchr("AERP", letter))
        return NULL;
    return arena_printf(a, "%s_%c", prefix, letter);
}

/* read_ta1 - one segment */
static int read_ta1(struct arena *a, const struct reply_item *item, struct reply_answers *out,
                    struct err *e)
{
    const struct x12_segment *s = &item->segment;
    char *code = reply_text(a, x12_element(s, 4)), *event = letter_event(a, "ta1", code);
    CcAnswer *answer;
    const char *note;

    if (!event || x12_element(s, 1).n == 0 || code[0] == 'P')
        return err_set(e, ERR_REJECT, "reply", "TA1: TA101 or TA104 says nothing we know");
    answer = answer_new(a, out, "TA1", "interchange", s->position);
    if (!answer)
        return answer_memory(a, e);
    answer->isa13 = reply_text(a, x12_element(s, 1));
    answer->event = event;
    answer->category = code;
    answer_code(a, answer, "TA105", x12_element(s, 5));
    note = answer->n_codes ? ack_meaning("TA105", answer->codes[0] + strlen("TA105=")) : "";
    answer->reason = reply_text(a, span_of(note));
    answer->key = arena_printf(a, "TA1|%s|%s|%s", reply_text(a, item->sender), answer->isa13, code);
    return answer_memory(a, e);
}

/* begin_answered - AK2: the set that is answered */
static int begin_answered(struct ack999 *k, const struct x12_segment *s, struct err *e)
{
    if (k->set)
        return err_set(e, ERR_REJECT, "reply", "999: an AK2 before the IK5 of the set before it");
    k->set = answer_new(k->a, k->out, "999", "set", s->position);
    k->pending = 0;
    k->sets++;
    if (!k->set)
        return 0;
    k->set->gs06 = reply_text(k->a, k->gs06);
    k->set->st02 = reply_text(k->a, x12_element(s, 2));
    event_push(k->a, k, listed, k->set->st02);
    return 0;
}

/* leave_position - an IK3 whose claim no CTX named */
static void leave_position(struct ack999 *k)
{
    if (k->set && k->pending)
        event_push_u32(k->a, &k->set->culprit_positions, &k->set->n_culprit_positions, k->pending);
    k->pending = 0;
}

/* segment_fault - IK3: the first one is the reason that people read */
static void segment_fault(struct ack999 *k, const struct x12_segment *s)
{
    const char *code = reply_text(k->a, x12_element(s, 4));

    leave_position(k);
    if (!k->set)
        return;
    for (size_t i = 0; i < x12_element(s, 2).n && i < 9; i++)
        k->pending = k->pending * 10 + (uint32_t)((unsigned char)x12_element(s, 2).p[i] - '0') % 10;
    answer_code(k->a, k->set, "IK304", x12_element(s, 4));
    if (k->set->reason[0] == '\0')
        k->set->reason = arena_printf(
            k->a, "%s at segment %u, loop %s: %s", reply_text(k->a, x12_element(s, 1)), k->pending,
            reply_text(k->a, x12_element(s, 3)), ack_meaning("IK304", code));
}

/* context - CTX: "CLM01:" names the claim; a situational trigger names a rule and is no place */
static void context(struct ack999 *k, const struct x12_segment *s)
{
    struct span claim = x12_component(s, 1, 2);

    if (!k->set || !span_is(x12_component(s, 1, 1), "CLM01") || claim.n == 0)
        return;
    event_push(k->a, k->set, culprits, reply_text(k->a, claim));
    k->pending = 0;
}

/* element_fault - IK4; the value it quotes is left where it is */
static void element_fault(struct ack999 *k, const struct x12_segment *s)
{
    const char *code = reply_text(k->a, x12_element(s, 3)), *meaning = ack_meaning("IK403", code);

    if (!k->set)
        return;
    answer_code(k->a, k->set, "IK403", x12_element(s, 3));
    if (!strstr(k->set->reason, "; element"))
        k->set->reason = arena_printf(k->a, "%s; element %s: %s", k->set->reason,
                                      reply_text(k->a, x12_component(s, 1, 1)), meaning);
}

/* set_key - billing §8.3: sender, their ISA13 and ST02, AK102, AK202 */
static char *set_key(const struct ack999 *k, const char *st02)
{
    return arena_printf(k->a, "999|%s|%s|%s|%s|%s", reply_text(k->a, k->item->sender),
                        reply_text(k->a, k->item->isa13), reply_text(k->a, k->item->st02),
                        reply_text(k->a, k->gs06), st02);
}

/* end_answered - IK5: the result of the set and why */
static int end_answered(struct ack999 *k, const struct x12_segment *s, struct err *e)
{
    char *code = reply_text(k->a, x12_element(s, 1)), *event = letter_event(k->a, "999", code);

    leave_position(k);
    if (!k->set || !event || code[0] == 'P')
        return err_set(e, ERR_REJECT, "reply",
                       "999: an IK5 without its AK2, or with a result we do not know");
    for (unsigned i = 2; i <= 6; i++)
        answer_code(k->a, k->set, "IK502", x12_element(s, i));
    if (k->set->reason[0] == '\0' && x12_element(s, 2).n)
        k->set->reason =
            reply_text(k->a, span_of(ack_meaning("IK502", reply_text(k->a, x12_element(s, 2)))));
    k->set->event = event;
    k->set->category = code;
    k->set->key = set_key(k, k->set->st02);
    k->set = NULL;
    return 0;
}

/* count_of - an element as a small number; 0: it is none */
static uint32_t count_of(struct span s)
{
    uint32_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i > 8)
            return 0;
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    }
    return n;
}

/* end_group - AK9: an answer of its own only where sets were not listed one by one */
static int end_group(struct ack999 *k, const struct x12_segment *s, struct err *e)
{
    char *code = reply_text(k->a, x12_element(s, 1)), *event = letter_event(k->a, "999", code);
    CcAnswer *group;

    if (!event || k->set)
        return err_set(e, ERR_REJECT, "reply",
                       "999: AK9 before the IK5 of a set, or with a result we do not know");
    k->closed = true;
    if (k->sets && count_of(x12_element(s, 2)) <= k->sets)
        return 0;
    group = answer_new(k->a, k->out, "999", "group", s->position);
    if (!group)
        return answer_memory(k->a, e);
    group->gs06 = reply_text(k->a, k->gs06);
    group->event = event;
    group->category = code;
    group->sets = count_of(x12_element(s, 2));
    group->listed = k->listed;
    group->n_listed = k->n_listed;
    for (unsigned i = 5; i <= 9; i++)
        answer_code(k->a, group, "AK905", x12_element(s, i));
    group->reason =
        reply_text(k->a, span_of(ack_meaning("AK905", reply_text(k->a, x12_element(s, 5)))));
    group->key = set_key(k, "");
    return 0;
}

/* take_999 - one segment */
static int take_999(struct ack999 *k, const struct x12_segment *s, struct err *e)
{
    if (x12_is(s, "AK1"))
        k->gs06 = span_trim(x12_element(s, 2));
    else if (x12_is(s, "AK2"))
        return begin_answered(k, s, e);
    else if (x12_is(s, "IK3"))
        segment_fault(k, s);
    else if (x12_is(s, "CTX"))
        context(k, s);
    else if (x12_is(s, "IK4"))
        element_fault(k, s);
    else if (x12_is(s, "IK5"))
        return end_answered(k, s, e);
    else if (x12_is(s, "AK9"))
        return end_group(k, s, e);
    return 0;
}

/* read_999 - one set */
static int read_999(struct arena *a, const struct reply_item *item, struct reply_answers *out,
                    struct err *e)
{
    struct ack999 k = {.a = a, .item = item, .out = out};
    struct x12_reader at = item->at;
    struct x12_segment s;

    while (reply_segment(&at, &s))
        if (take_999(&k, &s, e) != 0)
            return -1;
    if (!k.gs06.n || !k.closed)
        return err_set(e, ERR_REJECT, "reply", "999: no AK1 with a group number, or no AK9");
    if (k.set)
        return err_set(e, ERR_REJECT, "reply", "999: the last AK2 has no IK5");
    return answer_memory(a, e);
}

/* readack - by what the item is; a refused item leaves nothing behind */
int readack(struct arena *a, const struct reply_item *item, struct reply_answers *out,
            struct err *e)
{
    size_t before = out->n_item;
    int r;

    if (item->kind == REPLY_TA1)
        r = read_ta1(a, item, out, e);
    else if (span_is(item->st01, "999"))
        r = read_999(a, item, out, e);
    else
        r = read277(a, item, out, e);
    if (r != 0)
        out->n_item = before;
    return r;
}
