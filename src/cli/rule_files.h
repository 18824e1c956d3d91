/* rule_files.h: the register of rules as files, in and out. Private to cli/. */
#ifndef CLI_RULE_FILES_H
#define CLI_RULE_FILES_H

#include "cli/house.h"

/* `import DIR rules FILE|FOLDER`: the files are tried on what is recorded, and recorded as one act. */
MUST_CHECK enum err rule_files_import(struct call *call);
/* `export DIR rules --out FOLDER`: a file for each version, which import takes again. */
MUST_CHECK enum err rule_files_export(struct house *house);

#endif
