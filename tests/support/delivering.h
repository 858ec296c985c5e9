/* delivering.h - a deliver over routes of a test: files in, time on, what it says */
#ifndef CC_TESTS_DELIVERING_H
#define CC_TESTS_DELIVERING_H

#include "common/svc/svc.h"
#include "tests/support/loading.h"

enum { DELIVERING_BYTES = 60000 };

struct delivering {
    char root[200]; /* MAIL_DIR and SECRETS_DIR */
    struct loading loading;
    struct conf *conf;
    struct svc_sim *sim;
    struct arena *memory;
    int64_t now;
    const char *guide;            /* of the next files; NULL: the 837P's */
    char bytes[DELIVERING_BYTES]; /* of every file */
};

/* The columns of routes.csv up to `transport`, and a row's part up to there. */
#define DELIVERING_HEAD                                                                            \
    "receiver,qualifier,receiver_id,sender_qualifier,sender_id,submitter_name,submitter_contact,"  \
    "submitter_phone,receiver_name,mailbox,replies,test,sandbox,batch_claims,batch_bytes,batch_"   \
    "age_ms,from,to,transport,gap_ms,time_zone,closed,user,secret,host_key,poll_ms,timeout_ms,ca," \
    "client_cert,repeat,submit_type,pickup_types\n"

void delivering_open(struct delivering *d, const char *name);    /* the folder; no deliver yet */
void delivering_start(struct delivering *d, const char *routes); /* again: another deliver */
void delivering_close(struct delivering *d);
/* A file of one claim to a receiver; number: ISA13. */
void delivering_feed(struct delivering *d, const char *receiver, int number);
void delivering_turn(struct delivering *d);                  /* a little time passes */
void delivering_until(struct delivering *d, size_t outputs); /* 20 seconds of patience */
void delivering_rest(struct delivering *d, int64_t ms);      /* in which nothing may come */
/* The i-th output says that a claim went; asks a person for this reason; is a reply. */
void delivering_sent(struct delivering *d, size_t i);
void delivering_asks(struct delivering *d, size_t i, const char *reason);
void delivering_reply(struct delivering *d, size_t i, const char *text);
/* So many names lie in a folder below the root, and the first is one of our files. */
void delivering_arrived(struct delivering *d, const char *folder, int files);

#endif
