/* moment.h: a clock that never runs back, and waiting by it. It measures; what time it is says the
 * installation. */
#ifndef HTTP_MOMENT_H
#define HTTP_MOMENT_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Microseconds since some moment before the process began. */
int64_t moment_us(void);
/* A lock with a condition that is waited for by this clock. */
void moment_init(pthread_mutex_t *lock, pthread_cond_t *changed);
void moment_destroy(pthread_mutex_t *lock, pthread_cond_t *changed);
/* Wait with the lock held. false: the moment has come without a change. */
bool moment_wait(pthread_mutex_t *lock, pthread_cond_t *changed, int64_t until_us);
/* Let some milliseconds pass. */
void moment_pass(int ms);

#endif
