/* children.h: what this program does when it is started anew to take a file apart, or to draw one. */
#ifndef EXCHANGE_CHILDREN_H
#define EXCHANGE_CHILDREN_H

/* First in main of each program that reads workbooks or draws papers: in such a child it does the job and
 * doesn't return. */
void children_answer(int argc, char **argv);

#endif
