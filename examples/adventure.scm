;;; adventure.scm - a small text adventure on standard input.
;;;
;;; Rooms and things are records; the world is data, so it is easy to add to.
(import (scheme base) (scheme char) (scheme write) (scheme process-context))

(define-record-type room
  (make-room name text exits things)
  room?
  (name room-name)
  (text room-text)
  (exits room-exits set-room-exits!)
  (things room-things set-room-things!))

(define beach
  (make-room 'beach "A wide beach. The tide is out. North of you rise the rocks."
             '() '(bucket)))
(define rocks
  (make-room 'rocks "Slippery rocks. There is a pool to the east; the beach is south."
             '() '(limpet)))
(define pool
  (make-room 'pool "A rock pool, clear to the ground. The rocks are west."
             '() '(key)))
(define cave
  (make-room 'cave "A cave, dry and dark. In the middle stands an open chest: you have won."
             '() '()))

(set-room-exits! beach `((north . ,rocks)))
(set-room-exits! rocks `((south . ,beach) (east . ,pool)))
(set-room-exits! pool `((west . ,rocks)))

(define here beach)
(define carried '())

(define (say . parts)
  (for-each display parts)
  (newline))

(define (remove-one thing things)
  (cond ((null? things) '())
        ((eq? thing (car things)) (cdr things))
        (else (cons (car things) (remove-one thing (cdr things))))))

(define (say-list title things)
  (unless (null? things)
    (display title)
    (for-each (lambda (thing) (display " ") (display thing)) things)
    (newline)))

(define (look)
  (say (room-text here))
  (say-list "You see:" (room-things here)))

(define (go direction)
  (let ((exit (assq direction (room-exits here))))
    (if exit
        (begin
          (set! here (cdr exit))
          (look)
          (if (eq? here cave) (exit-game)))
        (say "You cannot go " direction " from here."))))

(define (take thing)
  (cond ((not (memq thing (room-things here))) (say "There is no " thing " here."))
        ((eq? thing 'limpet) (say "It holds on. It is a limpet."))
        (else
         (set-room-things! here (remove-one thing (room-things here)))
         (set! carried (cons thing carried))
         (say "Taken."))))

(define (drop thing)
  (cond ((memq thing carried)
         (set! carried (remove-one thing carried))
         (set-room-things! here (cons thing (room-things here)))
         (say "Dropped."))
        (else (say "You have no " thing "."))))

(define (use thing)
  (cond ((not (memq thing carried)) (say "You have no " thing "."))
        ((and (eq? thing 'key) (eq? here rocks))
         (set-room-exits! rocks (cons (cons 'down cave) (room-exits rocks)))
         (say "Between the rocks a door opens. A stair leads down."))
        (else (say "Nothing happens."))))

(define (exit-game)
  (say "Goodbye.")
  (exit))

;;; Reading commands

(define (split-words line)
  (let loop ((chars (string->list (string-downcase line))) (word '()) (words '()))
    (define (words-so-far)
      (if (null? word)
          words
          (cons (string->symbol (list->string (reverse word))) words)))
    (cond ((null? chars) (reverse (words-so-far)))
          ((char-whitespace? (car chars)) (loop (cdr chars) '() (words-so-far)))
          (else (loop (cdr chars) (cons (car chars) word) words)))))

(define (obey words)
  (let ((verb (if (pair? words) (car words) 'nothing))
        (object (if (and (pair? words) (pair? (cdr words))) (cadr words) #f)))
    (case verb
      ((nothing) #f)
      ((look) (look))
      ((north south east west up down) => go)
      ((go) (if object (go object) (say "Go where?")))
      ((take get) (if object (take object) (say "Take what?")))
      ((drop) (if object (drop object) (say "Drop what?")))
      ((use) (if object (use object) (say "Use what?")))
      ((inventory i) (if (null? carried) (say "You have nothing.") (say-list "You have:" carried)))
      ((quit) (exit-game))
      (else (say "I do not know how to " verb ".")))))

(define (play)
  (display "> ")
  (let ((line (read-line)))
    (if (eof-object? line)
        (exit-game)
        (begin
          (obey (split-words line))
          (play)))))

(say "THE TIDE POOL")
(look)
(play)
