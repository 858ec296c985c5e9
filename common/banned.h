/* banned.h - functions that have a safer sibling; included before every file by -include.
 * The system headers come first, so that their own declarations are not touched. */
#ifndef CC_BANNED_H
#define CC_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof gets gmtime localtime      \
    ctime asctime

#endif
