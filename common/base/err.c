/* err.c - filling in an error */
#include "common/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* err_set - class, code word and text of a failure */
int err_set(struct err *e, enum err_class class, const char *code, const char *fmt, ...)
{
    va_list ap;

    if (!e)
        return -1;
    e->class = class;
    snprintf(e->code, sizeof(e->code), "%s", code);
    va_start(ap, fmt);
    vsnprintf(e->text, sizeof(e->text), fmt, ap);
    va_end(ap);
    return -1;
}

/* err_prefix - where it happened, before what happened */
int err_prefix(struct err *e, const char *fmt, ...)
{
    char before[ERR_TEXT_MAX], old[ERR_TEXT_MAX];
    va_list ap;

    if (!e)
        return -1;
    va_start(ap, fmt);
    vsnprintf(before, sizeof(before), fmt, ap);
    va_end(ap);
    memcpy(old, e->text, sizeof(old));
    if (snprintf(e->text, sizeof(e->text), "%s: %s", before, old) < 0)
        e->text[0] = '\0';
    return -1;
}

/* err_class_name - the class as a word of a log line */
const char *err_class_name(enum err_class class)
{
    static const char *const names[ERR_MAX] = {"none", "retry", "reject", "fatal"};

    return class < ERR_MAX ? names[class] : "none";
}
