/* change.c - carries out the steps of a case on a message, by the names of its fields */
#include "services/validator/cases/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/str.h"

enum { LIST_MAX = 2000, SHIFT_MAX = 20000 };

struct step {
    struct arena *a;
    const char *path; /* what is left of it */
    const char *value;
    bool grow; /* path#n */
};

/* wrong - a script that names no field */
static int wrong(const struct step *s, struct err *e)
{
    return err_set(e, ERR_FATAL, "case", "%s: no such field, or no value for it", s->path);
}

/* field_at - the field that the path begins with, and its index; NULL: none */
static const ProtobufCFieldDescriptor *field_at(const ProtobufCMessage *m, struct step *s,
                                                size_t *index)
{
    size_t n = strcspn(s->path, ".[");
    char name[64];

    *index = 0;
    if (n == 0 || n >= sizeof(name))
        return NULL;
    memcpy(name, s->path, n);
    name[n] = '\0';
    s->path += n;
    if (*s->path == '[') {
        *index = strtoul(s->path + 1, NULL, 10);
        s->path += strcspn(s->path, "]");
        s->path += *s->path == ']';
    }
    s->path += *s->path == '.';
    return protobuf_c_message_descriptor_get_field_by_name(m->descriptor, name);
}

/* member - where a field lives */
static void *member(ProtobufCMessage *m, unsigned offset)
{
    return (char *)m + offset;
}

/* put_scalar - a value of the field's type at `to` */
static int put_scalar(const ProtobufCFieldDescriptor *f, void *to, const char *value,
                      struct arena *a)
{
    int64_t n = 0;
    char *text;

    if (f->type == PROTOBUF_C_TYPE_STRING) {
        text = arena_strdup(a, value);
        memcpy(to, &text, sizeof(text));
        return text ? 0 : -1;
    }
    if (f->type == PROTOBUF_C_TYPE_ENUM) {
        int v = str_is_digits(value, 1, 4) ? (int)strtol(value, NULL, 10)
                                           : event_word_value(f->descriptor, value);

        memcpy(to, &v, sizeof(v));
        return v < 0 ? -1 : 0;
    }
    if (!str_to_i64(value, &n))
        return -1;
    if (f->type == PROTOBUF_C_TYPE_INT64 || f->type == PROTOBUF_C_TYPE_UINT64) {
        memcpy(to, &n, sizeof(n));
    } else {
        int32_t small = (int32_t)n;

        memcpy(to, &small, sizeof(small));
    }
    return 0;
}

/* put_list - a repeated scalar from a list with commas */
static int put_list(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, const char *value,
                    struct arena *a)
{
    size_t width = f->type == PROTOBUF_C_TYPE_STRING ? sizeof(char *) : sizeof(uint32_t);
    size_t n = 0;
    char *array = arena_array(a, strlen(value) + 1, width);

    while (array && *value) {
        size_t len = strcspn(value, ",");
        const char *word = arena_strndup(a, value, len);

        if (!word || put_scalar(f, array + n * width, word, a) != 0)
            return -1;
        n++;
        value += len + (value[len] == ',');
    }
    memcpy(member(m, f->offset), &array, sizeof(array));
    memcpy(member(m, f->quantifier_offset), &n, sizeof(n));
    return array ? 0 : -1;
}

/* resize - a repeated message of n; new ones copy the last, or are empty */
static int resize(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, size_t n, struct arena *a)
{
    size_t *count = member(m, f->quantifier_offset);
    ProtobufCMessage ***list = member(m, f->offset);
    ProtobufCMessage **fresh = n <= LIST_MAX ? arena_array(a, n + 1, sizeof(*fresh)) : NULL;

    for (size_t i = 0; fresh && i < n; i++) {
        if (i < *count)
            fresh[i] = (*list)[i];
        else
            fresh[i] = i ? event_copy(a, fresh[i - 1]) : event_new(a, f->descriptor);
        if (!fresh[i])
            return -1;
    }
    if (!fresh)
        return -1;
    *list = fresh;
    *count = n;
    return 0;
}

/* child - the message that the path goes into; made when it is not there */
static ProtobufCMessage *child(ProtobufCMessage *m, const ProtobufCFieldDescriptor *f, size_t index,
                               struct arena *a)
{
    if (f->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t count = *(size_t *)member(m, f->quantifier_offset);

        return index < count ? (*(ProtobufCMessage ***)member(m, f->offset))[index] : NULL;
    } else {
        ProtobufCMessage **at = member(m, f->offset);

        if (!*at)
            *at = event_new(a, f->descriptor);
        return *at;
    }
}

/* set - one step on a message */
static int set(ProtobufCMessage *m, struct step s, struct err *e)
{
    while (m) {
        size_t index;
        const ProtobufCFieldDescriptor *f = field_at(m, &s, &index);
        bool repeated = f && f->label == PROTOBUF_C_LABEL_REPEATED;

        if (!f)
            break;
        if (s.grow && !*s.path)
            return repeated && f->type == PROTOBUF_C_TYPE_MESSAGE &&
                           resize(m, f, strtoul(s.value, NULL, 10), s.a) == 0
                       ? 0
                       : wrong(&s, e);
        if (!*s.path && f->type != PROTOBUF_C_TYPE_MESSAGE)
            return (repeated ? put_list(m, f, s.value, s.a)
                             : put_scalar(f, member(m, f->offset), s.value, s.a)) == 0
                       ? 0
                       : wrong(&s, e);
        if (!*s.path && !repeated && !*s.value) {
            memset(member(m, f->offset), 0, sizeof(void *)); /* path= takes a message away */
            return 0;
        }
        m = f->type == PROTOBUF_C_TYPE_MESSAGE ? child(m, f, index, s.a) : NULL;
    }
    return wrong(&s, e);
}

/* Short names at the start of a path, and of a code. */
static const struct {
    char letter;
    const char *field, *code;
} shorts[] = {
    {'L', "lines", "procedure.code.code"},
    {'D', "diagnoses", "assignment.code.code"},
    {'R', "procedures", "assignment.code.code"},
    {'C', "coverages", NULL},
    {'V', "providers", NULL},
    {'H', "history", NULL},
};

/* full_path - L2.code to lines[1].procedure.code.code */
static void full_path(const char *path, char *out, size_t size)
{
    char *end;
    unsigned long n;

    for (size_t i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++) {
        if (path[0] != shorts[i].letter || path[1] < '1' || path[1] > '9')
            continue;
        n = strtoul(path + 1, &end, 10);
        if (shorts[i].code && strcmp(end, ".code") == 0)
            snprintf(out, size, "%s[%lu].%s", shorts[i].field, n - 1, shorts[i].code);
        else
            snprintf(out, size, "%s[%lu]%s", shorts[i].field, n - 1, end);
        return;
    }
    str_copy(out, size, path);
}

/* history_step - on the remembered lines: they are a list of their own */
static int history_step(struct case_options *o, struct step s, struct err *e)
{
    size_t index = strtoul(s.path + strcspn(s.path, "[") + (strchr(s.path, '[') != NULL), NULL, 10);

    if (s.grow) {
        size_t n = strtoul(s.value, NULL, 10);

        while (o->n_history < n && o->n_history < LIST_MAX) {
            CcBilledLine *last = o->n_history ? o->history[o->n_history - 1] : NULL;
            void *fresh =
                last ? event_copy(s.a, &last->base) : event_new(s.a, &cc_billed_line__descriptor);

            if (!fresh || !event_push(s.a, o, history, fresh))
                return err_set(e, ERR_REJECT, "size", "over the limit");
        }
        return 0;
    }
    s.path += strcspn(s.path, ".");
    s.path += *s.path == '.';
    return index < o->n_history ? set(&o->history[index]->base, s, e) : wrong(&s, e);
}

/* shift_dates - every day of a message but birth dates, so many days later */
static void shift_dates(ProtobufCMessage *m, int32_t days)
{
    for (unsigned i = 0; m && i < m->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &m->descriptor->fields[i];
        int32_t *day = member(m, f->offset);
        size_t n = strlen(f->name);

        if (f->type == PROTOBUF_C_TYPE_MESSAGE && f->label == PROTOBUF_C_LABEL_REPEATED) {
            for (size_t k = 0; k < *(size_t *)member(m, f->quantifier_offset); k++)
                shift_dates((*(ProtobufCMessage ***)member(m, f->offset))[k], days);
        } else if (f->type == PROTOBUF_C_TYPE_MESSAGE) {
            shift_dates(*(ProtobufCMessage **)member(m, f->offset), days);
        } else if (f->type == PROTOBUF_C_TYPE_INT32 && n > 5 &&
                   strcmp(f->name + n - 5, "_date") == 0 && !strstr(f->name, "birth") &&
                   date_valid(*day)) {
            *day = date_add(*day, days);
        }
    }
}

/* shift - the claim, its history and the day of receipt */
static void shift(CcClaim *c, struct case_options *o, const char *value)
{
    int32_t days = (int32_t)strtol(value, NULL, 10) % SHIFT_MAX;

    shift_dates(&c->base, days);
    for (size_t i = 0; i < o->n_history; i++)
        shift_dates(&o->history[i]->base, days);
    o->received_date = date_valid(o->received_date) ? date_add(o->received_date, days) : 0;
}

/* syntax_step - "2:REF02": one more finding of the guide's check; "2:REF": a segment is missing */
static int syntax_step(struct case_options *o, const struct step *s, struct err *e)
{
    struct x12_finding *x, *grown = arena_grow(s->a, o->syntax, o->n_syntax, sizeof(*grown));
    const size_t n = strlen(s->value);
    const bool whole = n <= 5;

    if (!grown || n < 4 || n > 7 || s->value[1] != ':')
        return wrong(s, e);
    o->syntax = grown;
    x = &o->syntax[o->n_syntax++];
    *x = (struct x12_finding){.snip = (uint8_t)(s->value[0] - '0')};
    memcpy(x->segment, s->value + 2, whole ? n - 2 : n - 4);
    x->element = whole ? 0 : (uint16_t)(strtoul(s->value + n - 2, NULL, 10) % 100);
    str_copy(x->message, sizeof(x->message), whole ? "is missing" : "as in a test");
    return 0;
}

/* option_step - @received, @warn, @drop, @shift, @syntax */
static int option_step(CcClaim *c, struct case_options *o, const struct step *s, struct err *e)
{
    if (strcmp(s->path, "@received") == 0)
        o->received_date = date_parse(s->value);
    else if (strcmp(s->path, "@warn") == 0)
        o->warn_days = (int)strtol(s->value, NULL, 10);
    else if (strcmp(s->path, "@drop") == 0)
        return table_by_name(s->value) < TABLE_MAX ? 0 : wrong(s, e);
    else if (strcmp(s->path, "@shift") == 0)
        shift(c, o, s->value);
    else if (strcmp(s->path, "@syntax") == 0)
        return syntax_step(o, s, e);
    else
        return wrong(s, e);
    return 0;
}

/* one_step - text up to the next "; " */
static int one_step(CcClaim *c, struct case_options *o, char *text, struct arena *a, struct err *e)
{
    char *mark = text + strcspn(text, "=#");
    char path[256];
    struct step s = {.a = a, .path = path, .grow = *mark == '#'};

    if (!*mark)
        return err_set(e, ERR_FATAL, "case", "%s: no = and no #", text);
    s.value = mark + 1;
    *mark = '\0';
    full_path(text, path, sizeof(path));
    if (path[0] == '@' && strncmp(path, "@history", 8) != 0)
        return option_step(c, o, &s, e);
    if (strncmp(path, "history", 7) == 0 || path[0] == '@')
        return history_step(o, s, e);
    return set(&c->base, s, e);
}

/* case_change - all steps */
int case_change(CcClaim *c, struct case_options *o, const char *changes, struct arena *a,
                struct err *e)
{
    while (changes && *changes) {
        const char *end = strstr(changes, "; ");
        size_t n = end ? (size_t)(end - changes) : strlen(changes);
        char *text = arena_strndup(a, changes, n);

        if (!text)
            return err_set(e, ERR_REJECT, "size", "over the limit");
        if (one_step(c, o, text, a, e) != 0)
            return e->class == ERR_FATAL ? err_set(e, ERR_FATAL, "case",
                                                   "\"%.*s\": no such field, or no value for it",
                                                   (int)(n < 80 ? n : 80), changes)
                                         : -1;
        changes += n + (end ? 2 : 0);
    }
    return 0;
}
