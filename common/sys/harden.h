/* harden.h - what a process that holds patient data gives up before it does anything else */
#ifndef CC_SYS_HARDEN_H
#define CC_SYS_HARDEN_H

#include <stdbool.h>

#include "common/base/err.h"

/* No core dump and no tracing or reading of its memory by other processes of its user
 * (PR_SET_DUMPABLE 0, RLIMIT_CORE 0), no privileges by execve (no_new_privs), files and folders for
 * its user only (umask 077). Under AddressSanitizer it stays dumpable: its leak check traces the
 * process. ERR_FATAL "harden": the kernel refused, and the program must not go on. */
int harden_process(struct err *e);
/* Runs as root? Nothing here needs it. */
bool harden_is_root(void);

#endif
