/* stages.h - every worker in memory, and what each was given while the sample events walked from
 * intake to the payer's payment: for fuzzing and for failures that are made. Run from the root. */
#ifndef CC_TESTS_STAGES_H
#define CC_TESTS_STAGES_H

#include "common/svc/svc.h"
#include "tests/support/loading.h"

enum stage { STAGE_CODER, STAGE_VALIDATOR, STAGE_BUILD, STAGE_DELIVER, STAGE_FOLLOW, STAGE_MAX };

/* A record that came, or (topic TOPIC_NONE) the clock going on. */
struct stage_step {
    enum topic topic;
    char *key, *ce_id;
    uint8_t *value;
    size_t n;
    int64_t now_ms;
};

struct stages {
    char root[256], mail[300]; /* mail: MAIL_DIR of deliver */
    struct loading loading;
    struct conf *confs[STAGE_MAX];
    struct stage_step *steps[STAGE_MAX]; /* in their order */
    size_t n[STAGE_MAX];
};

extern const struct svc_spec *const stage_specs[STAGE_MAX];

/* Lives the days once; a step that fails, or a chain that ends without a payment, ends the program.
 * `name` is that of a folder below the temporary one. */
void stages_open(struct stages *s, const char *name);
void stages_close(struct stages *s);
/* A worker that has seen nothing; the caller's. NULL after *e is set. */
struct svc_sim *stages_worker(struct stages *s, enum stage which, struct err *e);
/* One step, again. */
int stages_step(struct svc_sim *sim, const struct stage_step *t, struct err *e);

#endif
