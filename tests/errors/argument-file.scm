(call-with-output-file 'name display)
