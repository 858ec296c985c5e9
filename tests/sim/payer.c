/* payer.c - the sandbox's payer over the mailboxes, in a task that does not fail */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/sys/clock.h"
#include "common/sys/file.h"
#include "services/sandbox/sandbox.h"
#include "tests/sim/sim.h"
#include "tests/sim/world.h"
#include "tests/support/folder.h"

enum { TURN_US = 500000, REST_US = 2000000, HOUR_MS = 3600000 };

static const char *const receivers[] = {"CLRHOUSE01", "MEDICARE01"};
enum { RECEIVERS = sizeof(receivers) / sizeof(receivers[0]) };

static struct sandbox sandbox = {
    .seed = "1", .ack_after_ms = HOUR_MS, .pay_after_ms = HOUR_MS + 60000};
static struct box boxes[RECEIVERS];
static int64_t busy_us; /* something was done last */

/* turns - looks into each mailbox now and then */
static void *turns(void *arg)
{
    (void)arg;
    for (;;) {
        for (size_t i = 0; i < RECEIVERS; i++) {
            struct err e = {0};
            bool did = false;

            if (box_turn(&boxes[i], clock_ms(), &did, &e) != 0)
                sim_fail("payer %s: %s", receivers[i], e.text);
            if (did)
                busy_us = sim.now_us;
        }
        task_pause(TURN_US);
    }
    return NULL;
}

/* payer_open - empty mailboxes */
void payer_open(void)
{
    char mailbox[300], replies[300];
    struct err e = {0};

    mix_parse("paid=70,reduced=15,denied=10,rejected=5", &sandbox.mix, &e);
    for (size_t i = 0; i < RECEIVERS; i++) {
        snprintf(mailbox, sizeof(mailbox), "%s/mail/out/%s", sim.root, receivers[i]);
        snprintf(replies, sizeof(replies), "%s/mail/in/%s", sim.root, receivers[i]);
        if (box_open(&boxes[i], &sandbox, mailbox, replies, &e) != 1)
            sim_fail("payer %s: %s", receivers[i], e.text);
    }
    task_new(NULL, turns, NULL);
}

/* payer_done - nothing in mailboxes and replies, and nothing was done of late */
bool payer_done(void)
{
    for (size_t i = 0; i < RECEIVERS; i++)
        if (folder_look(boxes[i].mailbox, NULL, NULL) || folder_look(boxes[i].replies, NULL, NULL))
            return false;
    return sim.now_us - busy_us > REST_US;
}

/* each_of - of one folder, by name */
static void each_of(const char *path,
                    void (*fn)(void *arg, const char *name, const void *p, size_t n), void *arg)
{
    struct dirent **list;
    int n = scandir(path, &list, NULL, alphasort);
    char child[4096];

    for (int i = 0; i < n; i++) {
        struct buf b;
        struct err e = {0};

        buf_init(&b);
        if (strstr(list[i]->d_name, ".x12") && list[i]->d_name[0] != '.' &&
            file_join(child, sizeof(child), path, list[i]->d_name) &&
            file_read(child, 1 << 24, &b, &e) == 0)
            fn(arg, list[i]->d_name, b.data, b.len);
        buf_release(&b);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
}

/* payer_each - what was taken, and what still lies there */
void payer_each(void (*fn)(void *arg, const char *name, const void *p, size_t n), void *arg)
{
    for (size_t i = 0; i < RECEIVERS; i++) {
        each_of(boxes[i].mailbox, fn, arg);
        each_of(boxes[i].taken, fn, arg);
    }
}
