/* features.h - the feature identifiers of cond-expand and (features). */
#ifndef LI_TYPES_FEATURES_H
#define LI_TYPES_FEATURES_H

#include <stddef.h>

/* How many there are, and the one at `index`: static strings. */
size_t li_feature_count(void);
const char *li_feature_at(size_t index);

#endif /* LI_TYPES_FEATURES_H */
