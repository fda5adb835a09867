"""What a model's files state about themselves, read without any model library: so the window may read it too.

Start at ``first_look`` (whether the files can be a model at all), ``folder_content`` (config and weight files of a
folder), ``gguf_start`` (what a GGUF file is) and ``given_name`` (what to call a model).
"""
