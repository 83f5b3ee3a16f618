#ifndef COUTOFMEMORY_H
#define COUTOFMEMORY_H

// A program that depends on this target ends with a message and exit code 1 if it runs out of memory. Its allocation
// functions take precedence over those of the C library, for all libraries of the program; there is nothing to call.

#endif
