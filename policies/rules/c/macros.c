// ruleid: c.preprocessor.call-in-macro
#define RUN(line) system(line)
// ruleid: c.preprocessor.call-in-macro
#define copy_text strcpy
// ok: c.preprocessor.call-in-macro
#define SYSTEM_NAME "system"
// ok: c.preprocessor.call-in-macro
#define START(job) ((job)->exec(1))
// ok: c.preprocessor.call-in-macro
#define MAX(a, b) ((a) > (b) ? (a) : (b))
