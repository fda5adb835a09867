"""Model types and kinds of rotary embedding that transformers 4.57, the last release before 5, can read."""

_LANGUAGE_MODELS = """
    apertus arcee aria aria_text aya_vision bamba bart bert bert-generation big_bird bigbird_pegasus biogpt bitnet
    blenderbot blenderbot-small blip blip-2 bloom blt camembert chameleon codegen cohere cohere2 cohere2_vision cpmant
    ctrl data2vec-text dbrx deepseek_v2 deepseek_v3 deepseek_vl deepseek_vl_hybrid diffllama doge dots1 electra emu3
    ernie ernie4_5 ernie4_5_moe evolla exaone4 falcon falcon_h1 falcon_mamba flex_olmo florence2 fuyu gemma gemma2
    gemma3 gemma3_text gemma3n gemma3n_text git glm glm4 glm4_moe glm4v glm4v_moe got_ocr2 gpt-sw3 gpt2 gpt_bigcode
    gpt_neo gpt_neox gpt_neox_japanese gpt_oss gptj granite granite_speech granitemoe granitemoehybrid
    granitemoeshared helium hunyuan_v1_dense hunyuan_v1_moe idefics idefics2 idefics3 instructblip instructblipvideo
    internvl jamba janus jetmoe kosmos-2 kosmos-2.5 kyutai_speech_to_text lfm2 lfm2_vl llama llama4 llama4_text llava
    llava_next llava_next_video llava_onevision longcat_flash mamba mamba2 marian mbart megatron-bert minimax
    ministral mistral mistral3 mixtral mllama modernbert-decoder moshi mpt musicgen musicgen_melody mvp nemotron olmo
    olmo2 olmo3 olmoe openai-gpt opt ovis2 paligemma pegasus perception_lm persimmon phi phi3 phi4_multimodal phimoe
    pix2struct plbart prophetnet qwen2 qwen2_5_omni qwen2_5_vl qwen2_audio qwen2_moe qwen2_vl qwen3 qwen3_moe
    qwen3_next qwen3_omni_moe qwen3_vl qwen3_vl_moe recurrent_gemma reformer rembert roberta roberta-prelayernorm
    roc_bert roformer rwkv seed_oss shieldgemma2 smollm3 smolvlm stablelm starcoder2 trocr udop vaultgemma video_llava
    vipllava vision-encoder-decoder voxtral whisper xglm xlm xlm-roberta xlm-roberta-xl xlnet xlstm xmod zamba zamba2
"""
MODEL_TYPES = frozenset(_LANGUAGE_MODELS.split())
"""The ``model_type`` of each language model in its ``models/auto/configuration_auto.py``."""

ROPE_TYPES = frozenset({"default", "linear", "dynamic", "yarn", "longrope", "llama3"})
"""The kinds of rotary embedding in its ``modeling_rope_utils.py``."""
