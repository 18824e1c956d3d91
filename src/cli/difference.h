/* difference.h: two texts line by line, as a unified difference. Private to cli/. */
#ifndef CLI_DIFFERENCE_H
#define CLI_DIFFERENCE_H

#include "base/base.h"

/* "@@ -12,3 +12,4 @@" and the lines, three unchanged ones around each change; nothing when the texts are
 * equal. The shortest difference, except for texts so unlike and long that looking for it would take too much
 * memory: then all between the first and the last change is shown as taken out and put in. */
void difference_put(struct buf *buf, struct str before, struct str after);

#endif
