; A caret under a form behind a tab and letters of several bytes.
(define (é x)
	(string-append "äöü" (car x)))
(é '())
