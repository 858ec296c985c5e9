/* measure.c - what is measured when somebody looks: the process by what Linux tells of it, how old
 * the tables in use are */
#include <dirent.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/svc/work.h"
#include "common/sys/clock.h"
#include "common/sys/metric.h"

enum { US = 1000000 };

/* set - of a metric without labels */
static void set(enum metric_id id, int64_t v)
{
    metric_set(metric_get(id, ""), v);
}

/* measure_memory - /proc/self/statm is in pages */
static void measure_memory(void)
{
    long long all = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (f && fscanf(f, "%lld %lld", &all, &resident) == 2) {
        set(METRIC_PROCESS_VIRTUAL, all * sysconf(_SC_PAGESIZE));
        set(METRIC_PROCESS_RESIDENT, resident * sysconf(_SC_PAGESIZE));
    }
    if (f)
        fclose(f);
}

/* measure_files - how many are open, how many may be */
static void measure_files(void)
{
    struct rlimit most;
    int64_t open_fds = 0;
    DIR *d = opendir("/proc/self/fd");

    while (d && readdir(d))
        open_fds++;
    if (d)
        closedir(d);
    set(METRIC_PROCESS_OPEN_FDS, open_fds);
    if (getrlimit(RLIMIT_NOFILE, &most) == 0)
        set(METRIC_PROCESS_MAX_FDS, (int64_t)most.rlim_cur);
}

/* measure_processor - of all threads so far */
static void measure_processor(void)
{
    struct rusage u;

    if (getrusage(RUSAGE_SELF, &u) == 0)
        set(METRIC_PROCESS_CPU, ((int64_t)u.ru_utime.tv_sec + u.ru_stime.tv_sec) * US +
                                    u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* measure_start - fields 20 and 22 of /proc/self/stat, behind the name in parentheses: threads, and
 * the start in ticks since the machine's */
static void measure_start(void)
{
    long long threads = 0, ticks = 0, hz = sysconf(_SC_CLK_TCK);
    double up = 0;
    FILE *f = fopen("/proc/self/stat", "r"), *g = fopen("/proc/uptime", "r");

    if (f && g && hz > 0 && fscanf(g, "%lf", &up) == 1 &&
        fscanf(f,
               "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d "
               "%lld %*d %lld",
               &threads, &ticks) == 2) {
        set(METRIC_PROCESS_THREADS, threads);
        set(METRIC_PROCESS_START, clock_ms() * 1000 - (int64_t)(up * US) + ticks * US / hz);
    }
    if (f)
        fclose(f);
    if (g)
        fclose(g);
}

/* measure_all - the rows */
void measure_all(const struct svc_status *s)
{
    int64_t since_us = s->tables_since_us;

    measure_memory();
    measure_files();
    measure_processor();
    measure_start();
    if (since_us)
        set(METRIC_TABLE_AGE_SECONDS, clock_mono_us() - since_us);
}
