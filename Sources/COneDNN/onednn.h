#include <oneapi/dnnl/dnnl.h>

#if DNNL_VERSION_MAJOR != 2
#error "crnn needs oneDNN 2.x (libdnnl-dev of Debian 12); 3.x has another C API"
#endif
