/* jwt.h - bearer tokens: JSON Web Tokens signed by a key of JWT_JWKS_FILE (RFC 7519, 7515, 7517)
 *
 * A token is taken when its algorithm is one of JWT_ALGORITHMS (signatures by RSA and elliptic
 * curves only: "none" and secrets shared with the issuer cannot be configured), its key is in the
 * file, the signature holds, `exp` is not over and `nbf` has come (60 s of clock difference are
 * borne), `iss` is JWT_ISSUER and JWT_AUDIENCE is among `aud`. cjose checks signatures. The file is
 * read again when it changes; one that cannot be read leaves the old keys in force. */
#ifndef CC_INTAKE_JWT_H
#define CC_INTAKE_JWT_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/sys/conf.h"

enum jwt_verdict {
    JWT_OK,
    JWT_MISSING,
    JWT_MALFORMED,
    JWT_ALGORITHM,
    JWT_KEY,
    JWT_SIGNATURE,
    JWT_EXPIRED,
    JWT_EARLY,
    JWT_ISSUER,
    JWT_AUDIENCE,
    JWT_VERDICT_MAX
};
enum { JWT_SUBJECT = 128 };

struct jwt;

/* *out = NULL: not configured, no token is asked for. -1: ERR_FATAL "setting". */
int jwt_open(const struct conf *c, struct jwt **out, struct err *e);
void jwt_close(struct jwt *j); /* accepts NULL */

/* The value of an Authorization header, or NULL. Thread safe. `subject` is of a token that is taken
 * ("" when it names none): who sends, for limits only; never logged. */
enum jwt_verdict jwt_check(struct jwt *j, const char *authorization, int64_t now_s,
                           char subject[JWT_SUBJECT]);
const char *jwt_word(enum jwt_verdict v); /* for the answer and the log */

#endif
