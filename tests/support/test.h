/* test.h - cmocka with what it needs before it */
#ifndef CC_TESTS_TEST_H
#define CC_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#endif
