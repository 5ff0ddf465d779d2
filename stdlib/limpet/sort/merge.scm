;;; merge.scm - a merge sort that takes n log n comparisons and as many pairs.
;;;
;;; Merging two sorted lists from their fronts gives a list in the opposite order for free. So
;;; the halves of an ascending part are sorted in descending order and merged, and the other way
;;; round; no list is reversed and no stack is needed but for the log n levels. Nothing that was
;;; made is changed, so that a continuation captured in less? can be entered again.
;;;
;;; In ascending order equal elements stand as they stood in the input; in descending order the
;;; other way round. That makes it stable.

(define (push-all list onto)
  (if (pair? list)
      (push-all (cdr list) (cons (car list) onto))
      onto))

;; Two ascending lists, a from before b, to a descending one.
(define (merge-ascending less? a b)
  (let loop ((a a) (b b) (merged '()))
    (cond ((null? a) (push-all b merged))
          ((null? b) (push-all a merged))
          ((less? (car b) (car a)) (loop a (cdr b) (cons (car b) merged)))
          (else (loop (cdr a) b (cons (car a) merged))))))

;; Two descending lists, a from before b, to an ascending one.
(define (merge-descending less? a b)
  (let loop ((a a) (b b) (merged '()))
    (cond ((null? a) (push-all b merged))
          ((null? b) (push-all a merged))
          ((less? (car b) (car a)) (loop (cdr a) b (cons (car a) merged)))
          (else (loop a (cdr b) (cons (car b) merged))))))

;; The elements of items from start up to end, at least one, in ascending order.
(define (ascending less? items start end)
  (case (- end start)
    ((1) (list (vector-ref items start)))
    ((2)
     (let ((a (vector-ref items start))
           (b (vector-ref items (+ start 1))))
       (if (less? b a) (list b a) (list a b))))
    (else
     (let ((middle (quotient (+ start end) 2)))
       (merge-descending less?
                         (descending less? items start middle)
                         (descending less? items middle end))))))

;; The same in descending order.
(define (descending less? items start end)
  (case (- end start)
    ((1) (list (vector-ref items start)))
    ((2)
     (let ((a (vector-ref items start))
           (b (vector-ref items (+ start 1))))
       (if (less? b a) (list a b) (list b a))))
    (else
     (let ((middle (quotient (+ start end) 2)))
       (merge-ascending less?
                        (ascending less? items start middle)
                        (ascending less? items middle end))))))

(define (sorted? less? items)
  (let ((length (vector-length items)))
    (let loop ((i 1))
      (or (>= i length)
          (and (not (less? (vector-ref items i) (vector-ref items (- i 1))))
               (loop (+ i 1)))))))

;; The elements of items as a sorted list.
(define (sort-to-list less? items)
  (if (sorted? less? items)
      (vector->list items)
      (ascending less? items 0 (vector-length items))))

;;> (list-sort less? list) -> list
;;> A new list of the elements of list in the order of less?; equal ones keep their order.
(define (list-sort less? list)
  (check-procedure 'list-sort 0 less?)
  (check-list 'list-sort 1 list)
  (sort-to-list less? (list->vector list)))

;;> (vector-sort less? vector) -> vector
;;> A new vector of the elements of vector in the order of less?; equal ones keep their order.
(define (vector-sort less? vector)
  (check-procedure 'vector-sort 0 less?)
  (check-vector 'vector-sort 1 vector)
  (list->vector (sort-to-list less? vector)))

;;> (vector-sort! less? vector)
;;> Sorts vector in place.
(define (vector-sort! less? vector)
  (check-procedure 'vector-sort! 0 less?)
  (check-vector 'vector-sort! 1 vector)
  (vector-copy! vector 0 (vector-sort less? vector)))

;;> (sort sequence less?) -> list or vector
;;> A new sequence of the elements of a list or vector in the order of less?; equal ones keep
;;> their order.
(define (sort sequence less?)
  (check-procedure 'sort 1 less?)
  (cond ((vector? sequence) (vector-sort less? sequence))
        ((list? sequence) (list-sort less? sequence))
        (else (%type-error 'sort 0 "a proper list or a vector" sequence))))
