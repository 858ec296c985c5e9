/* spans.c - a queue, and the thread that empties it */
#include "common/svc/spans.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/svc/otlp.h"
#include "common/sys/log.h"
#include "common/sys/metric.h"
#include "common/sys/wait.h"

enum {
    QUEUE = 8192,
    LOT = 512,
    EVERY_MS = 500,
    POST_MS = 3000,
    LAST_MS = 1000,
    PAUSE_FIRST_MS = 1000,
    PAUSE_MAX_MS = 30000,
};

struct spans {
    const char *stage;
    char url[512];
    CURL *curl; /* the thread's */
    struct curl_slist *headers;
    struct step *held; /* the loop's: of the open batch */
    size_t n_held;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct step *queue; /* a ring; under the lock */
    size_t first, n;
    bool stop;
    pthread_t thread;
    bool running, away;
    int64_t pause_ms;
    struct metric *sent, *dropped, *failed;
};

/* swallow - the collector's answer is of no interest */
static size_t swallow(char *p, size_t size, size_t n, void *arg)
{
    (void)p;
    (void)arg;
    return size * n;
}

/* post - one lot; false: the collector did not take it */
static bool post(struct spans *s, const struct buf *body, long timeout_ms)
{
    long status = 0;

    curl_easy_setopt(s->curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(s->curl, CURLOPT_POSTFIELDS, body->data);
    curl_easy_setopt(s->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->len);
    if (curl_easy_perform(s->curl) != CURLE_OK)
        return false;
    curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300;
}

/* say - when the collector goes away, and when it is back */
static void say(struct spans *s, bool away)
{
    if (away != s->away)
        log_event(away ? LOG_WARN : LOG_INFO, away ? "collector_away" : "collector_back",
                  log_s("what", "spans"));
    s->away = away;
    if (!away)
        s->pause_ms = 0;
    else
        s->pause_ms = s->pause_ms == 0                 ? PAUSE_FIRST_MS
                      : s->pause_ms * 2 < PAUSE_MAX_MS ? s->pause_ms * 2
                                                       : PAUSE_MAX_MS;
}

/* send_lot - a lot that is not taken is lost, and counted */
static void send_lot(struct spans *s, const struct step *lot, size_t n, long timeout_ms)
{
    struct buf body;
    bool taken;

    buf_init(&body);
    otlp_write(&body, s->stage, lot, n);
    taken = !body.failed && post(s, &body, timeout_ms);
    buf_release(&body);
    metric_add(taken ? s->sent : s->failed, (int64_t)n);
    say(s, !taken);
}

/* take - up to a lot out of the queue, under the lock */
static size_t take(struct spans *s, struct step *lot)
{
    size_t n = s->n < LOT ? s->n : LOT;

    for (size_t i = 0; i < n; i++)
        lot[i] = s->queue[(s->first + i) % QUEUE];
    s->first = (s->first + n) % QUEUE;
    s->n -= n;
    return n;
}

/* wait_for - a full lot, the time, or the end; under the lock */
static void wait_for(struct spans *s, int64_t ms)
{
    struct timespec until = wait_until(ms);

    while (!s->stop && (s->pause_ms || s->n < LOT) &&
           pthread_cond_timedwait(&s->wake, &s->lock, &until) == 0)
        ;
}

/* run - the thread: lots while there are any, each half second at least */
static void *run(void *arg)
{
    struct spans *s = arg;
    struct step *lot = calloc(LOT, sizeof(*lot));
    bool stop = !lot;

    while (!stop) {
        size_t n;

        pthread_mutex_lock(&s->lock);
        if (s->n < LOT || s->pause_ms)
            wait_for(s, s->pause_ms ? s->pause_ms : EVERY_MS);
        stop = s->stop;
        n = take(s, lot);
        pthread_mutex_unlock(&s->lock);
        if (n)
            send_lot(s, lot, n, stop ? LAST_MS : POST_MS);
    }
    free(lot);
    return NULL;
}

/* address - the base of the setting and the signal's path */
static int address(struct spans *s, const char *base, struct err *e)
{
    size_t n = strlen(base);
    const char *path = n && base[n - 1] == '/' ? "v1/traces" : "/v1/traces";

    if (!str_starts(base, "http://") && !str_starts(base, "https://"))
        return err_set(e, ERR_FATAL, "setting",
                       "OTEL_EXPORTER_OTLP_ENDPOINT: begins with http:// or https://");
    if (n + strlen(path) >= sizeof(s->url))
        return err_set(e, ERR_FATAL, "setting", "OTEL_EXPORTER_OTLP_ENDPOINT: too long");
    memcpy(s->url, base, n);
    memcpy(s->url + n, path, strlen(path) + 1);
    return 0;
}

/* set_up - the request that stays the same */
static int set_up(struct spans *s, struct err *e)
{
    s->curl = curl_easy_init();
    s->headers = curl_slist_append(NULL, "Content-Type: application/json");
    s->held = calloc(QUEUE, sizeof(*s->held));
    s->queue = calloc(QUEUE, sizeof(*s->queue));
    if (!s->curl || !s->headers || !s->held || !s->queue)
        return err_set(e, ERR_FATAL, "memory", "out of memory");
    curl_easy_setopt(s->curl, CURLOPT_URL, s->url);
    curl_easy_setopt(s->curl, CURLOPT_HTTPHEADER, s->headers);
    curl_easy_setopt(s->curl, CURLOPT_WRITEFUNCTION, swallow);
    curl_easy_setopt(s->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(s->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    s->running = pthread_create(&s->thread, NULL, run, s) == 0;
    return s->running ? 0 : err_set(e, ERR_FATAL, "thread", "no thread for spans");
}

/* spans_open - where the setting names a collector */
struct spans *spans_open(const char *stage, const struct conf *c, struct err *e)
{
    const char *base = conf_text(c, "OTEL_EXPORTER_OTLP_ENDPOINT");
    struct spans *s;

    if (str_empty(base))
        return NULL;
    s = calloc(1, sizeof(*s));
    if (!s) {
        err_set(e, ERR_FATAL, "memory", "out of memory");
        return NULL;
    }
    s->stage = stage;
    s->sent = metric_with(METRIC_SPANS, "result", "sent");
    s->dropped = metric_with(METRIC_SPANS, "result", "dropped");
    s->failed = metric_with(METRIC_SPANS, "result", "failed");
    pthread_mutex_init(&s->lock, NULL);
    wait_init(&s->wake);
    if (address(s, base, e) == 0 && set_up(s, e) == 0)
        return s;
    spans_close(s);
    return NULL;
}

/* spans_close - the thread sends one last lot */
void spans_close(struct spans *s)
{
    if (!s)
        return;
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    if (s->running)
        pthread_join(s->thread, NULL);
    curl_easy_cleanup(s->curl);
    curl_slist_free_all(s->headers);
    free(s->held);
    free(s->queue);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* push - under the lock; a full queue drops the newest */
static void push(struct spans *s, const struct step *one)
{
    if (s->n == QUEUE) {
        metric_add(s->dropped, 1);
        return;
    }
    s->queue[(s->first + s->n++) % QUEUE] = *one;
    if (s->n == LOT)
        pthread_cond_signal(&s->wake);
}

/* spans_send - one */
void spans_send(struct spans *s, const struct step *one)
{
    if (!s || !one->trace.sampled)
        return;
    pthread_mutex_lock(&s->lock);
    push(s, one);
    pthread_mutex_unlock(&s->lock);
}

/* spans_hold - of a batch that is larger than the queue the rest is dropped */
void spans_hold(struct spans *s, const struct step *one)
{
    if (!s || !one->trace.sampled)
        return;
    if (s->n_held < QUEUE)
        s->held[s->n_held++] = *one;
    else
        metric_add(s->dropped, 1);
}

/* spans_keep - into the queue, with one lock */
void spans_keep(struct spans *s)
{
    if (!s || !s->n_held)
        return;
    pthread_mutex_lock(&s->lock);
    for (size_t i = 0; i < s->n_held; i++)
        push(s, &s->held[i]);
    pthread_mutex_unlock(&s->lock);
    s->n_held = 0;
}

/* spans_drop - as if they had not been */
void spans_drop(struct spans *s)
{
    if (s)
        s->n_held = 0;
}
