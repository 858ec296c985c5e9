/* kafka_error.c - librdkafka's errors with their classes */
#include <stdio.h>
#include <stdlib.h>

#include "tests/sim/kafka.h"

/* kafka_error - of no class: to be treated as fatal */
rd_kafka_error_t *kafka_error(rd_kafka_resp_err_t code, const char *text)
{
    rd_kafka_error_t *e = calloc(1, sizeof(*e));

    if (!e)
        sim_fail("simulator: out of memory");
    e->code = code;
    snprintf(e->text, sizeof(e->text), "%s", text);
    return e;
}

/* kafka_retriable - the same call again */
rd_kafka_error_t *kafka_retriable(const char *text)
{
    rd_kafka_error_t *e = kafka_error(RD_KAFKA_RESP_ERR__TIMED_OUT, text);

    e->retriable = true;
    return e;
}

/* kafka_abortable - only an abort is left */
rd_kafka_error_t *kafka_abortable(rd_kafka_resp_err_t code, const char *text)
{
    rd_kafka_error_t *e = kafka_error(code, text);

    e->abortable = true;
    return e;
}

/* kafka_fatal - the handle is of no use any more */
rd_kafka_error_t *kafka_fatal(rd_kafka_t *rk, rd_kafka_resp_err_t code, const char *text)
{
    rd_kafka_error_t *e = kafka_error(code, text);

    rk->fatal = true;
    e->fatal = true;
    return e;
}

/* rd_kafka_error_destroy - accepts NULL */
void rd_kafka_error_destroy(rd_kafka_error_t *e)
{
    free(e);
}

/* rd_kafka_error_code - 0: no error */
rd_kafka_resp_err_t rd_kafka_error_code(const rd_kafka_error_t *e)
{
    return e ? e->code : RD_KAFKA_RESP_ERR_NO_ERROR;
}

/* rd_kafka_error_string - for people */
const char *rd_kafka_error_string(const rd_kafka_error_t *e)
{
    return e ? e->text : "";
}

/* rd_kafka_error_is_fatal - the handle is dead */
int rd_kafka_error_is_fatal(const rd_kafka_error_t *e)
{
    return e && e->fatal;
}

/* rd_kafka_error_is_retriable - the same call again */
int rd_kafka_error_is_retriable(const rd_kafka_error_t *e)
{
    return e && e->retriable;
}

/* rd_kafka_error_txn_requires_abort - only an abort is left */
int rd_kafka_error_txn_requires_abort(const rd_kafka_error_t *e)
{
    return e && e->abortable;
}

/* rd_kafka_fatal_error - what killed the handle */
rd_kafka_resp_err_t rd_kafka_fatal_error(rd_kafka_t *rk, char *why, size_t size)
{
    if (!rk->fatal)
        return RD_KAFKA_RESP_ERR_NO_ERROR;
    if (why && size)
        snprintf(why, size, "simulated");
    return RD_KAFKA_RESP_ERR__FENCED;
}
