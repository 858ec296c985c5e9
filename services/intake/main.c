/* main.c - intake: HL7 v2 over MLLP and FHIR R4 over HTTP become records of `encounters`, 837 files
 * over HTTP records of `claims.coded` */
#include <time.h>

#include "common/base/str.h"
#include "common/svc/svc.h"
#include "services/intake/hl7/mllp.h"
#include "services/intake/intake.h"
#include "services/intake/publish.h"

enum { REMEMBERED = 100000, TURN_NS = 100 * 1000 * 1000 };

struct intake {
    struct intake_conf *conf;
    struct intake_out broker, out;
    struct once *once;
    struct mllp *mllp;
    struct intake_http *http;
};

/* start - what a message means here; a key that everybody knows would make patient keys readable */
static int start(const struct conf *c, struct intake *i, struct svc_ctx *x, struct err *e)
{
    if (str_empty(conf_text(c, "SITE_SECRET")))
        return err_set(e, ERR_FATAL, "setting", "SITE_SECRET: must be given");
    i->broker = (struct intake_out){publish_to_broker, x, refuse_to_broker, claims_to_broker};
    i->conf = intake_conf_new(c, e);
    i->once = once_new(REMEMBERED, &i->broker);
    i->out = (struct intake_out){once_publish, i->once, once_refuse, once_claims};
    if (!i->conf)
        return -1;
    if (!i->once)
        return err_set(e, ERR_FATAL, "memory", "no memory");
    if (mllp_start(c, i->conf, &i->out, &i->mllp, e) != 0)
        return -1;
    return intake_http_start(c, i->conf, &i->out, &i->http, e);
}

/* stop - listeners first, then what they use */
static void stop(struct intake *i)
{
    intake_http_stop(i->http);
    if (!mllp_stop(i->mllp))
        return;
    once_free(i->once);
    intake_conf_free(i->conf);
}

/* serve - until SIGTERM; the listeners have threads of their own */
static int serve(struct svc_ctx *x, struct err *e)
{
    static const struct timespec turn = {0, TURN_NS};
    struct intake i = {0};
    int result = start(svc_conf(x), &i, x, e);

    while (result == 0 && !svc_stopping())
        nanosleep(&turn, NULL);
    stop(&i);
    return result;
}

static const enum topic produces[] = {TOPIC_ENCOUNTERS, TOPIC_CLAIMS_CODED, TOPIC_NONE};

/* main - the spec */
int main(int argc, char **argv)
{
    const struct svc_spec spec = {
        .name = "intake",
        .sentence = "an EHR event becomes one Encounter, a claim of an 837 one coded claim; "
                    "nothing is dropped unseen",
        .produce = produces,
        .settings = intake_settings,
        .serve = serve,
    };

    return svc_main(&spec, argc, argv);
}
