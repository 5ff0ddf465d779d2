;;; interaction.scm - interaction-environment.

;;> (interaction-environment) -> an environment
;;> The environment of the prompt, which definitions can change.
(define (interaction-environment)
  (%interaction-environment))
