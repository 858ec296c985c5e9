/* harden.c - no dumps, no tracing, no new privileges, files for ourselves only */
#include "common/sys/harden.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
enum { DUMPABLE = 1 };
#else
enum { DUMPABLE = 0 };
#endif

/* harden_process - see harden.h */
int harden_process(struct err *e)
{
    const struct rlimit none = {0, 0};

    umask(077);
    if (setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, DUMPABLE) == 0 &&
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        return 0;
    return err_set(e, ERR_FATAL, "harden", "cannot give up core dumps or privileges: %s",
                   strerror(errno));
}

/* harden_is_root - by the effective user */
bool harden_is_root(void)
{
    return geteuid() == 0;
}
