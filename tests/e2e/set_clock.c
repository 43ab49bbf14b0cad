// Preloaded into a server under test: its time of day is wrong by as many seconds as the file says
// that $LINKA_TEST_CLOCK names (eight bytes). Other clocks are as they are.
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t* wrong_by;

__attribute__((constructor)) static void open_clock(void) {
    const char* name = getenv("LINKA_TEST_CLOCK");
    const int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;
    void* page = file < 0 ? MAP_FAILED : mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    wrong_by = page == MAP_FAILED ? NULL : page;
}

int clock_gettime(clockid_t clock, struct timespec* now) {
    const int status = (int)syscall(SYS_clock_gettime, clock, now);
    if (status == 0 && clock == CLOCK_REALTIME && wrong_by) {
        now->tv_sec += *wrong_by;
    }
    return status;
}
