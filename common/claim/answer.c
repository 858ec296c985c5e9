/* answer.c - one answer more */
#include "common/claim/answer.h"

/* answer_new - with its kind and place */
CcAnswer *answer_new(struct arena *a, struct reply_answers *out, const char *kind,
                     const char *level, uint32_t position)
{
    CcAnswer *answer = event_new(a, &cc_answer__descriptor);

    if (!answer || !event_push(a, out, item, answer))
        return NULL;
    answer->kind = reply_text(a, span_of(kind));
    answer->level = reply_text(a, span_of(level));
    answer->position = position;
    return answer;
}

/* answer_code_text - one code more */
void answer_code_text(struct arena *a, CcAnswer *answer, const char *code)
{
    if (!str_empty(code))
        event_push(a, answer, codes, reply_text(a, span_of(code)));
}

/* answer_code - as the list writes it */
void answer_code(struct arena *a, CcAnswer *answer, const char *list, struct span code)
{
    const char *text = reply_text(a, code);

    if (*text)
        answer_code_text(a, answer, arena_printf(a, "%s=%s", list, text));
}

/* answer_memory - was everything taken? */
int answer_memory(const struct arena *a, struct err *e)
{
    if (arena_exhausted(a))
        return err_set(e, ERR_REJECT, "size", "the reply needs more memory than a message may");
    return 0;
}
